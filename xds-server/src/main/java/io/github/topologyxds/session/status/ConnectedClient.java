package io.github.topologyxds.session.status;

import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.UserAgent;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that is connected: one stream, as it was in one moment.
 *
 * @param id its {@code node.id}
 * @param place its Node and zone, and how they are known
 * @param family that it wants first; null: each Service's primary one
 * @param namespace {@code metadata.NAMESPACE}; "" when it names none
 * @param visibleFrom the namespace whose clients see what it sees; "" for none
 * @param identity what its credential proves; empty: nothing, all is only claimed
 * @param peer {@code IP:PORT} of its end of the connection; "" when unknown
 * @param since when it introduced itself
 * @param types how far the types have got that it has asked for
 */
public record ConnectedClient(
    String id,
    ClientPlace place,
    @Nullable Family family,
    String namespace,
    String visibleFrom,
    Optional<ClientIdentity> identity,
    XdsProtocol protocol,
    UserAgent agent,
    String peer,
    Instant since,
    Map<ResourceType, TypeStatus> types) {
  public ConnectedClient {
    types = Map.copyOf(types);
  }

  /** Returns how far a type has got; {@link TypeStatus#NOT_ASKED} for one not asked for. */
  public TypeStatus type(ResourceType type) {
    return types.getOrDefault(type, TypeStatus.NOT_ASKED);
  }

  /** Returns the state of the type that is worst off. */
  public SyncState state() {
    SyncState worst = new SyncState.NotAsked();
    for (ResourceType type : ResourceType.values()) {
      SyncState state = type(type).state();
      worst = state.rank() > worst.rank() ? state : worst;
    }
    return worst;
  }
}

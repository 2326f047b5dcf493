package io.github.topologyxds.csds;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.envoyproxy.envoy.admin.v3.UpdateFailureState;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Writes clients as CSDS has them: for each type that a client asks for an entry without a name,
 * which tells how far the type as a whole has got, and one for each resource, if they are asked
 * for.
 */
final class ClientConfigs {
  private ClientConfigs() {}

  /**
   * Returns what there is of a client.
   *
   * @param resources of the types that it asks for; empty: without them
   */
  static ClientConfig of(MatchedClient client, Map<ResourceType, List<HeldResource>> resources) {
    ClientConfig.Builder config = ClientConfig.newBuilder().setNode(node(client.youngest()));
    client
        .byType()
        .forEach((type, stream) -> {
          TypeStatus status = stream.type(type);
          config.addGenericXdsConfigs(whole(type, status));
          resources
              .getOrDefault(type, List.of())
              .forEach(resource -> config.addGenericXdsConfigs(one(type, resource, status)));
        });
    return config.build();
  }

  /** What is kept of what a client says of itself; the zone is the one that counts. */
  private static Node node(ConnectedClient client) {
    Struct.Builder metadata = Struct.newBuilder();
    put(metadata, "NODE_NAME", client.place().nodeName());
    put(metadata, "NAMESPACE", client.namespace());
    Node.Builder node =
        Node.newBuilder()
            .setId(client.id())
            .setMetadata(metadata)
            .setUserAgentName(client.agent().name())
            .setUserAgentVersion(client.agent().version());
    if (!client.place().zone().isEmpty()) {
      node.setLocality(Locality.newBuilder().setZone(client.place().zone()));
    }
    return node.build();
  }

  private static void put(Struct.Builder metadata, String key, String value) {
    if (!value.isEmpty()) {
      metadata.putFields(key, Value.newBuilder().setStringValue(value).build());
    }
  }

  private static GenericXdsConfig whole(ResourceType type, TypeStatus status) {
    GenericXdsConfig.Builder config =
        GenericXdsConfig.newBuilder()
            .setTypeUrl(type.typeUrl())
            .setConfigStatus(status(status.state()));
    TypeStatus.Response accepted = status.accepted();
    if (accepted != null) {
      config.setVersionInfo(accepted.version()).setLastUpdated(timestamp(accepted.time()));
    }
    TypeStatus.LastNack nack = status.lastNack();
    if (nack != null && stands(nack, status)) {
      config.setErrorState(error(nack, nack.version()));
    }
    return config.build();
  }

  /** A nack is over once something that came later is accepted, and nothing is quarantined. */
  private static boolean stands(TypeStatus.LastNack nack, TypeStatus status) {
    TypeStatus.Response accepted = status.accepted();
    return status.state() instanceof SyncState.Refused
        || !status.quarantined().isEmpty()
        || accepted == null
        || nack.time().isAfter(accepted.time());
  }

  private static ConfigStatus status(SyncState state) {
    return switch (state) {
      case SyncState.NotAsked n -> ConfigStatus.UNKNOWN;
      case SyncState.Synced s -> ConfigStatus.SYNCED;
      case SyncState.Waiting(var since, var reason) ->
          switch (reason) {
            case ANSWER -> ConfigStatus.STALE;
            case SENDING -> ConfigStatus.NOT_SENT;
          };
      case SyncState.Refused r -> ConfigStatus.ERROR;
    };
  }

  /** As the protocol has it of a server: the latest content, and how far that has got. */
  private static GenericXdsConfig one(ResourceType type, HeldResource resource, TypeStatus ofType) {
    GenericXdsConfig.Builder config =
        GenericXdsConfig.newBuilder()
            .setTypeUrl(type.typeUrl())
            .setName(resource.name())
            .setConfigStatus(status(resource.progress()));
    XdsResource latest = resource.latest();
    if (latest == null) {
      return config.build();
    }
    config.setVersionInfo(latest.version()).setXdsConfig(latest.packed());
    TypeStatus.LastNack nack = ofType.lastNack();
    if (resource.progress() == HeldResource.Progress.REFUSED && nack != null) {
      config.setErrorState(error(nack, latest.version()));
    }
    return config.build();
  }

  private static ConfigStatus status(HeldResource.Progress progress) {
    return switch (progress) {
      case ACCEPTED -> ConfigStatus.SYNCED;
      case SENT -> ConfigStatus.STALE;
      case DUE -> ConfigStatus.NOT_SENT;
      case REFUSED -> ConfigStatus.ERROR;
    };
  }

  private static UpdateFailureState error(TypeStatus.LastNack nack, String version) {
    return UpdateFailureState.newBuilder()
        .setLastUpdateAttempt(timestamp(nack.time()))
        .setDetails(nack.error())
        .setVersionInfo(version)
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}

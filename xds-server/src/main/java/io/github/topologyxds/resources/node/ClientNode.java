package io.github.topologyxds.resources.node;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.xds.Listeners;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself in the {@code node} of a stream's first request; all that is kept of
 * it.
 *
 * @param nodeName {@code metadata.NODE_NAME}, "" when absent
 * @param locality {@code locality.zone}: counts only where the Node is not known or has no zone
 * @param namespace {@code metadata.NAMESPACE}: bare Service names belong to it; "" when absent
 * @param family {@code metadata.IP_FAMILY}; null: each Service's primary one
 * @param scope {@code metadata.SERVICES}: the Services that it calls; all when absent
 * @param outboundPort {@code metadata.OUTBOUND_PORT}, 15001 when absent or no port
 * @param sidecar {@code metadata.SIDECAR}: what kind of sidecar it is; "" when absent
 * @param agent what program it says it is
 * @param visibleFrom the namespace whose clients see what this client sees: the claimed one where
 *     nobody asks for a proof, else the proven one; "" for none
 * @param identity what its credential proves; empty: nothing, all is only claimed
 */
public record ClientNode(
    String id,
    String nodeName,
    String locality,
    String namespace,
    @Nullable Family family,
    ServiceScope scope,
    int outboundPort,
    String sidecar,
    UserAgent agent,
    String visibleFrom,
    Optional<ClientIdentity> identity) {
  private static final int HIGHEST_PORT = 65535;
  private static final int MAX_QUOTED = 80;

  /** Reads the node of a request; what is not understood counts as absent. */
  public static ClientNode of(Node node) {
    Struct metadata = node.getMetadata();
    return new ClientNode(
        node.getId(),
        text(metadata, "NODE_NAME"),
        node.getLocality().getZone(),
        text(metadata, "NAMESPACE"),
        family(text(metadata, "IP_FAMILY")),
        ServiceScope.of(metadata),
        port(text(metadata, "OUTBOUND_PORT")),
        text(metadata, "SIDECAR"),
        UserAgent.of(node),
        text(metadata, "NAMESPACE"),
        Optional.empty());
  }

  /** Returns the client with what its credential proves instead of what it claims. */
  public ClientNode provenBy(ClientIdentity proven) {
    return new ClientNode(
        id,
        proven.node().isEmpty() ? nodeName : proven.node(),
        locality,
        proven.namespace(),
        family,
        scope,
        outboundPort,
        sidecar,
        agent,
        proven.namespace(),
        Optional.of(proven));
  }

  /** Returns the client as one that should have proven who it is, and has not. */
  public ClientNode unproven() {
    return new ClientNode(
        id,
        nodeName,
        locality,
        namespace,
        family,
        scope,
        outboundPort,
        sidecar,
        agent,
        "",
        Optional.empty());
  }

  /** Returns what it claims and its credential disproves, for the log; empty: nothing. */
  public Optional<String> disprovedBy(ClientIdentity proven) {
    if (!nodeName.isEmpty() && !proven.node().isEmpty() && !nodeName.equals(proven.node())) {
      return Optional.of(
          "NODE_NAME "
              + Finding.quote(nodeName, MAX_QUOTED)
              + " is claimed, "
              + proven.node()
              + " is proven");
    }
    return namespace.isEmpty() || namespace.equals(proven.namespace())
        ? Optional.empty()
        : Optional.of(
            "NAMESPACE "
                + Finding.quote(namespace, MAX_QUOTED)
                + " is claimed, "
                + proven.namespace()
                + " is proven");
  }

  /** Returns from where the client looks, given what is known of its Node (null: nothing). */
  public ClientView view(@Nullable NodeModel node) {
    return ClientView.of(nodeName, node, locality, family);
  }

  private static @Nullable Family family(String label) {
    for (Family family : Family.values()) {
      if (family.label().equals(label)) {
        return family;
      }
    }
    return null;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 1 && port <= HIGHEST_PORT ? port : Listeners.DEFAULT_OUTBOUND_PORT;
    } catch (NumberFormatException e) {
      return Listeners.DEFAULT_OUTBOUND_PORT;
    }
  }

  /** A port may be written as a number or as a string. */
  private static String text(Struct metadata, String key) {
    Value value = metadata.getFieldsOrDefault(key, Value.getDefaultInstance());
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> Long.toString((long) value.getNumberValue());
      case NULL_VALUE, BOOL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET -> "";
    };
  }
}

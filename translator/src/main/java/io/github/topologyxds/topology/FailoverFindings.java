package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which clients failover leaves without an endpoint: asked zone by zone, over the zones that Nodes
 * have. Only for Services whose failover is restricted.
 */
final class FailoverFindings {
  /** So many zones are named, and the others counted. */
  private static final int NAMED = 5;

  private FailoverFindings() {}

  /** Returns the finding about a port in one family; empty where every zone has an endpoint. */
  static Optional<Finding> of(ServiceState state, ServicePort port, PortRouting routing) {
    if (!routing.failoverRestricted() || !routing.endpoints().anyServing()) {
      return Optional.empty();
    }
    List<String> without =
        new TreeSet<>(state.topology().zoneByNode().values())
            .stream().filter(zone -> leftWithout(routing, zone)).toList();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    String named =
        String.join(", ", without.stream().limit(NAMED).map(Finding::quote).toList())
            + (without.size() > NAMED ? " and " + (without.size() - NAMED) + " more" : "");
    Setting<Failover> failover = routing.policy().traffic().failover();
    return Optional.of(
        Finding.of(
            Reason.FAILOVER_RESTRICTED,
            ObjectKey.service(state.service().name()),
            "port %s%d %s: topology-xds.io/failover: %s (%s) leaves clients in %s without an endpoint: 503"
                .formatted(
                    port.name().isEmpty() ? "" : port.name() + " ",
                    port.number(),
                    port.protocol(),
                    failover.value().label(),
                    failover.origin().label(),
                    named)));
  }

  private static boolean leftWithout(PortRouting routing, String zone) {
    return routing.select(new ClientView("", zone, null)).decision().reason()
        == DecisionReason.FAILOVER_RESTRICTED;
  }
}

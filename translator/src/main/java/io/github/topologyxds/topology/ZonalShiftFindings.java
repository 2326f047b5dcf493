package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.ZonalShiftUse;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Service ports for which a zone cannot be emptied, or leaves nothing. */
final class ZonalShiftFindings {
  /** So many zones are named, and the others counted. */
  private static final int NAMED = 5;

  private ZonalShiftFindings() {}

  /** Returns the finding about a port in one family; empty where nothing is odd. */
  static Optional<Finding> of(ServiceState state, ServicePort port, PortRouting routing) {
    ShiftedZones emptied = state.shifts().emptied();
    if (emptied.isEmpty() || !routing.endpoints().anyServing()) {
      return Optional.empty();
    }
    return routing.localOnly()
        ? local(state, port, routing)
        : leavesNone(state, port, routing, emptied);
  }

  private static Optional<Finding> local(
      ServiceState state, ServicePort port, PortRouting routing) {
    if (routing.policy().traffic().zonalShift().value() == ZonalShiftUse.IGNORE) {
      return Optional.empty();
    }
    List<String> zones =
        routing.endpoints().endpoints().stream()
            .map(endpoint -> endpoint.location().zone())
            .distinct()
            .sorted()
            .filter(zone -> state.shifts().emptied().of(zone).isPresent())
            .toList();
    return finding(
        state,
        Reason.ZONAL_SHIFT_NOT_FOLLOWED,
        port,
        new Said(
            "internalTrafficPolicy is Local: clients keep to their own Nodes' endpoints in %s, which a ZonalShift empties",
            zones));
  }

  private static Optional<Finding> leavesNone(
      ServiceState state, ServicePort port, PortRouting routing, ShiftedZones emptied) {
    if (emptied.byZone().values().stream().noneMatch(ShiftedZone::dropped)
        || isEnoughElsewhere(routing, emptied)) {
      return Optional.empty();
    }
    List<String> zones =
        Stream.concat(
                state.topology().zoneByNode().values().stream(), emptied.byZone().keySet().stream())
            .collect(TreeSet<String>::new, TreeSet::add, TreeSet::addAll)
            .stream()
            .filter(zone -> leftWithout(routing, zone))
            .toList();
    return finding(
        state,
        Reason.ZONAL_SHIFT_LEAVES_NONE,
        port,
        new Said(
            "clients in %s have no endpoint (503): all that they may use is in a zone that a Strict ZonalShift empties",
            zones));
  }

  /** Whether all clients may use an endpoint that stays: their zones need not be looked at. */
  private static boolean isEnoughElsewhere(PortRouting routing, ShiftedZones emptied) {
    return routing.policy().traffic().failover().value() == Failover.ANYWHERE
        && routing.endpoints().endpoints().stream()
            .anyMatch(endpoint ->
                endpoint.condition() == EndpointCondition.READY
                    && emptied
                        .of(endpoint.location().zone())
                        .filter(ShiftedZone::dropped)
                        .isEmpty());
  }

  private static boolean leftWithout(PortRouting routing, String zone) {
    return routing.select(new ClientView("", zone, null)).decision().reason()
        == DecisionReason.ZONE_EMPTIED;
  }

  private static Optional<Finding> finding(
      ServiceState state, Reason reason, ServicePort port, Said said) {
    if (said.zones().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            reason,
            ObjectKey.service(state.service().name()),
            "port %s%d %s: "
                    .formatted(
                        port.name().isEmpty() ? "" : port.name() + " ",
                        port.number(),
                        port.protocol())
                + said.text()));
  }

  /** Something about some zones. */
  private record Said(String format, List<String> zones) {
    String text() {
      String named =
          String.join(", ", zones.stream().limit(NAMED).map(Finding::quote).toList())
              + (zones.size() > NAMED ? " and " + (zones.size() - NAMED) + " more" : "");
      return format.formatted(named);
    }
  }
}

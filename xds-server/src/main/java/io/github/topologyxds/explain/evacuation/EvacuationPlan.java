package io.github.topologyxds.explain.evacuation;

import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What emptying a zone would do to each Service port that has endpoints there: its expected shares
 * before and after, by the same code as a push, each zone's clients weighed by the demand that is
 * known.
 *
 * @param ports the worst first
 */
public record EvacuationPlan(List<EvacuatedPort> ports) {
  /** Who gets half more than before is told of. */
  private static final double MUCH = 0.5;

  /** Shares come from whole percents, as Envoy counts them. */
  private static final double ROUNDING = 0.005;

  public EvacuationPlan {
    ports = List.copyOf(ports);
  }

  /** Works it out for all Services. */
  public static EvacuationPlan of(
      ClusterSnapshot world, RoutingOptions options, String zone, ShiftMode mode) {
    List<EvacuatedPort> ports = new ArrayList<>();
    for (ObjectName name : world.services()) {
      world.service(name).ifPresent(state -> add(state, options, shift(state, zone, mode), ports));
    }
    ports.sort(
        Comparator.comparing(EvacuatedPort::outcome)
            .thenComparingDouble(EvacuatedPort::growth)
            .reversed()
            .thenComparing(EvacuatedPort::cluster));
    return new EvacuationPlan(ports);
  }

  /** Returns how many ports an outcome has. */
  public long count(EvacuatedPort.Outcome outcome) {
    return ports.stream().filter(port -> port.outcome() == outcome).count();
  }

  private record Shift(String zone, ShiftedZones zones) {}

  private static Shift shift(ServiceState state, String zone, ShiftMode mode) {
    TreeMap<String, ShiftedZone> zones = new TreeMap<>(state.shifts().byZone());
    zones.put(zone, new ShiftedZone(0, mode, zone, ""));
    return new Shift(zone, new ShiftedZones(zones));
  }

  private static void add(
      ServiceState state, RoutingOptions options, Shift shift, List<EvacuatedPort> ports) {
    ExplainedService now = ExplainedService.of(state, options);
    ExplainedService then = ExplainedService.of(state.with(shift.zones()), options);
    for (int i = 0; i < now.ports().size(); i++) {
      SortedMap<String, Double> ready = ready(now.ports().get(i));
      if (ready.containsKey(shift.zone())) {
        ports.add(
            port(
                shift.zone(),
                ready,
                new Loads(
                    now.ports().get(i).cluster().name(),
                    load(now, i, state, ready),
                    load(then, i, state, ready))));
      }
    }
  }

  /** What the zones of endpoints get of the requests of a port, 0..1, before and after. */
  private record Loads(
      String cluster, SortedMap<String, Double> before, SortedMap<String, Double> after) {}

  private static EvacuatedPort port(String zone, SortedMap<String, Double> ready, Loads loads) {
    int all = (int) Math.round(ready.values().stream().mapToDouble(count -> count).sum());
    double growth = 0;
    String busiest = "";
    for (var other : ready.entrySet()) {
      double before = loads.before().getOrDefault(other.getKey(), 0.0);
      double after = loads.after().getOrDefault(other.getKey(), 0.0);
      // A zone that had nothing is held against its part of the endpoints.
      double usual = Math.max(before, before > 0 ? 0 : other.getValue() / all);
      if (!other.getKey().equals(zone) && after / usual - 1 > growth) {
        growth = after / usual - 1;
        busiest = other.getKey();
      }
    }
    int there = (int) Math.round(ready.getOrDefault(zone, 0.0));
    EvacuatedPort.Outcome outcome;
    if (there == all) {
      outcome = EvacuatedPort.Outcome.ALONE;
    } else if (loads.before().isEmpty() || loads.after().getOrDefault(zone, 0.0) > ROUNDING) {
      outcome = EvacuatedPort.Outcome.STAYS;
    } else {
      outcome =
          growth > MUCH + ROUNDING ? EvacuatedPort.Outcome.OVERLOADS : EvacuatedPort.Outcome.MOVES;
    }
    return new EvacuatedPort(loads.cluster(), there, all, growth, busiest, outcome);
  }

  private static SortedMap<String, Double> ready(PortTranslation port) {
    SortedMap<String, Double> ready = new TreeMap<>();
    port.routing(ClientView.UNKNOWN).endpoints().endpoints().stream()
        .filter(endpoint -> endpoint.condition() == EndpointCondition.READY)
        .forEach(endpoint -> ready.merge(endpoint.location().zone(), 1.0, Double::sum));
    return ready;
  }

  /** Where the requests of all clients go: by the demand, else as if clients were as endpoints. */
  private static SortedMap<String, Double> load(
      ExplainedService service, int port, ServiceState state, SortedMap<String, Double> ready) {
    SortedMap<String, Double> demand = new TreeMap<>();
    state.demand().byZone().forEach((zone, count) -> demand.put(zone, (double) count));
    SortedMap<String, Double> clients = demand.isEmpty() ? ready : demand;
    double all = clients.values().stream().mapToDouble(count -> count).sum();
    SortedMap<String, Double> load = new TreeMap<>();
    clients.forEach((zone, count) ->
        service
            .shares(service.ports().get(port), new ClientView("", zone, null))
            .byZone()
            .forEach((to, share) -> load.merge(to, share * count / all, Double::sum)));
    return load;
  }
}

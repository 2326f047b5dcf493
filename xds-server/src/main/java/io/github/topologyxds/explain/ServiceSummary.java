package io.github.topologyxds.explain;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A Service in a few numbers: for each port, what a client of each zone can expect. All but the
 * ports is about clients that can be placed, where there are any: one that nobody can place is in
 * no zone that it could stay in, and is told the same everywhere.
 *
 * @param ports in the Service's order
 * @param leaves the mean of what leaves its zone, over ports and zones of clients; 0 when there are
 *     none
 * @param nowhere the mean of what finds no endpoint, likewise
 * @param reasons of the decisions
 * @param worst the zone of the clients that fare worst: first of what finds no endpoint, then of
 *     what leaves; "" where nobody can be placed
 */
public record ServiceSummary(
    ObjectName service,
    List<Port> ports,
    double leaves,
    double nowhere,
    SortedSet<DecisionReason> reasons,
    String worst) {
  /**
   * One port.
   *
   * @param cluster {@code namespace/service:port}
   * @param from by the client's zone, "" for a client whose zone nobody knows
   */
  public record Port(String cluster, int number, List<FromZone> from) {
    public Port {
      from = List.copyOf(from);
    }
  }

  /**
   * What a client of one zone can expect.
   *
   * @param nowhere the share of its requests that find no endpoint: 0 or 1
   * @param to the share of each zone that gets any, 0..1, "" for endpoints without a zone
   */
  public record FromZone(
      String zone, DecisionReason reason, double nowhere, SortedMap<String, Double> to) {
    public FromZone {
      to = Collections.unmodifiableSortedMap(new TreeMap<>(to));
    }

    /** Returns the share that stays in the client's zone; 0 where that is not known. */
    public double stays() {
      return zone.isEmpty() ? 0 : to.getOrDefault(zone, 0.0);
    }

    /** Returns the share that goes to endpoints of other zones, or of none. */
    public double leaves() {
      return Math.max(0, 1 - nowhere - stays());
    }
  }

  public ServiceSummary {
    ports = List.copyOf(ports);
    reasons = Collections.unmodifiableSortedSet(new TreeSet<>(reasons));
  }

  /** Sums a Service up: once, as lists are sorted by it. */
  static ServiceSummary of(ObjectName service, List<Port> ports) {
    List<FromZone> from = placed(ports);
    return new ServiceSummary(
        service,
        ports,
        mean(from, FromZone::leaves),
        mean(from, FromZone::nowhere),
        from.stream().map(FromZone::reason).collect(Collectors.toCollection(TreeSet::new)),
        // The first of those that fare alike: zones are sorted.
        from.stream()
            .min(
                Comparator.comparingDouble((FromZone zone) -> -zone.nowhere())
                    .thenComparingDouble(zone -> -zone.leaves()))
            .map(FromZone::zone)
            .orElse(""));
  }

  private static List<FromZone> placed(List<Port> ports) {
    List<FromZone> all = ports.stream().flatMap(port -> port.from().stream()).toList();
    List<FromZone> placed = all.stream().filter(from -> !from.zone().isEmpty()).toList();
    return placed.isEmpty() ? all : placed;
  }

  private static double mean(List<FromZone> from, ToDoubleFunction<FromZone> share) {
    return from.stream().mapToDouble(share).average().orElse(0);
  }
}

package io.github.topologyxds.explain;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * A Service in a few numbers: for each port, what a client of each zone can expect.
 *
 * @param ports in the Service's order
 * @param leaves the mean of what leaves its zone, over ports and zones of clients; 0 when there are
 *     none. A client that nobody can place is in no zone that it could stay in, and does not count
 * @param nowhere the mean of what finds no endpoint, likewise
 */
public record ServiceSummary(ObjectName service, List<Port> ports, double leaves, double nowhere) {
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
  }

  /** Sums a Service up: once, as lists are sorted by it. */
  ServiceSummary(ObjectName service, List<Port> ports) {
    this(service, ports, mean(ports, FromZone::leaves), mean(ports, FromZone::nowhere));
  }

  private static double mean(List<Port> ports, ToDoubleFunction<FromZone> share) {
    List<FromZone> all = ports.stream().flatMap(port -> port.from().stream()).toList();
    List<FromZone> placed = all.stream().filter(from -> !from.zone().isEmpty()).toList();
    return (placed.isEmpty() ? all : placed).stream().mapToDouble(share).average().orElse(0);
  }

  /** Returns the reasons of its decisions. */
  public SortedSet<DecisionReason> reasons() {
    SortedSet<DecisionReason> reasons = new TreeSet<>();
    ports.forEach(port -> port.from().forEach(from -> reasons.add(from.reason())));
    return reasons;
  }
}

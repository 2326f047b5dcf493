package io.github.topologyxds.topology.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fair near routing: which part of each zone's requests goes to which zone.
 *
 * <p>An endpoint of the client's own zone may carry a threshold more than the mean; what is over
 * goes where endpoints carry less than the mean, in proportion to what they have free. Among all
 * ways in which no own zone carries more than that, none sends less across zones: every feasible
 * one serves at most min(demand, (1 + threshold) x capacity) of a zone at home, and here all zones
 * reach that bound at once, because what is free is at least what is over. Kubernetes' hints of
 * topology-mode Auto have the same aim and threshold (KEP-2433), by whole endpoints.
 */
public final class FairShares {
  /** Every row adds up to it: shares of a ten-thousandth. */
  public static final int SCALE = 10_000;

  /** What is free is nothing but rounding errors where demand fits capacity. */
  private static final double NOTHING = 1e-9;

  /** Remainders are compared in whole parts of this, so that equal ones are equal. */
  private static final double FINE = 1e6;

  private final SortedMap<String, Double> demand;
  private final SortedMap<String, Double> capacity;
  private final double threshold;

  private FairShares(
      SortedMap<String, Double> demand, SortedMap<String, Double> capacity, double threshold) {
    this.demand = demand;
    this.capacity = capacity;
    this.threshold = threshold;
  }

  /**
   * Works out the shares of all zones.
   *
   * @param demand requests by the zone of the clients, in any unit, not negative; without any,
   *     clients are taken to be where the endpoints are
   * @param capacity healthy endpoints by zone, not negative, together positive
   * @param threshold how much more than the mean an endpoint of the own zone may carry, 0..1
   * @return by the zone of the client, and then of the endpoint: positive integers that add up to
   *     {@link #SCALE}
   * @throws IllegalArgumentException without any capacity
   */
  public static SortedMap<String, SortedMap<String, Integer>> of(
      SortedMap<String, Double> demand, SortedMap<String, Double> capacity, double threshold) {
    return from(demand, capacity, threshold).rows();
  }

  private static FairShares from(
      SortedMap<String, Double> demand, SortedMap<String, Double> capacity, double threshold) {
    SortedMap<String, Double> part = parts(capacity);
    if (part.isEmpty()) {
      throw new IllegalArgumentException("no capacity: " + capacity);
    }
    SortedMap<String, Double> wanted = parts(demand);
    return new FairShares(wanted.isEmpty() ? part : wanted, part, threshold);
  }

  /**
   * Works out the shares of one zone, as {@link #of} has them for all; of a zone without demand and
   * endpoints, those of any zone without endpoints.
   *
   * @return by the zone of the endpoint: positive integers that add up to {@link #SCALE}
   * @throws IllegalArgumentException without any capacity
   */
  public static SortedMap<String, Integer> ofZone(
      String zone,
      SortedMap<String, Double> demand,
      SortedMap<String, Double> capacity,
      double threshold) {
    FairShares shares = from(demand, capacity, threshold);
    return integers(shares.row(zone, shares.free()));
  }

  private SortedMap<String, SortedMap<String, Integer>> rows() {
    SortedSet<String> zones = new TreeSet<>(demand.keySet());
    zones.addAll(capacity.keySet());
    SortedMap<String, Double> free = free();
    SortedMap<String, SortedMap<String, Integer>> rows = new TreeMap<>();
    for (String zone : zones) {
      rows.put(zone, integers(row(zone, free)));
    }
    return rows;
  }

  /** Returns what each zone has free, as parts of all that is free. */
  private SortedMap<String, Double> free() {
    SortedMap<String, Double> free = new TreeMap<>();
    double all = 0;
    for (var zone : capacity.entrySet()) {
      double left = Math.max(0, zone.getValue() - of(demand, zone.getKey()));
      free.put(zone.getKey(), left);
      all += left;
    }
    return all > NOTHING ? parts(free) : capacity;
  }

  private SortedMap<String, Double> row(String zone, SortedMap<String, Double> free) {
    double wanted = of(demand, zone);
    double capacityHere = of(capacity, zone);
    double own =
        wanted > 0
            ? Math.min(1, (1 + threshold) * capacityHere / wanted)
            : (capacityHere > 0 ? 1 : 0);
    SortedMap<String, Double> row = new TreeMap<>();
    free.forEach((other, part) -> row.put(other, (1 - own) * part));
    row.merge(zone, own, Double::sum);
    return row;
  }

  /**
   * Rounds parts, which add up to 1, by the largest remainder: integers that add up to {@link
   * #SCALE}; of equals the lower zone first. None is 0.
   */
  public static SortedMap<String, Integer> integers(SortedMap<String, Double> row) {
    SortedMap<String, Integer> integers = new TreeMap<>();
    List<Remainder> remainders = new ArrayList<>();
    int left = SCALE;
    for (var zone : row.entrySet()) {
      double exact = zone.getValue() * SCALE;
      int whole = (int) exact;
      integers.put(zone.getKey(), whole);
      remainders.add(new Remainder(zone.getKey(), Math.round((exact - whole) * FINE)));
      left -= whole;
    }
    Collections.sort(remainders);
    for (Remainder remainder : remainders.subList(0, left)) {
      integers.merge(remainder.zone(), 1, Integer::sum);
    }
    integers.values().removeIf(share -> share == 0);
    return integers;
  }

  private record Remainder(String zone, long part) implements Comparable<Remainder> {
    private static final Comparator<Remainder> ORDER =
        Comparator.comparingLong(Remainder::part).reversed().thenComparing(Remainder::zone);

    @Override
    public int compareTo(Remainder other) {
      return ORDER.compare(this, other);
    }
  }

  /** Returns the positive numbers as parts of their sum. */
  public static SortedMap<String, Double> parts(SortedMap<String, Double> numbers) {
    double sum = numbers.values().stream().mapToDouble(number -> number).sum();
    SortedMap<String, Double> parts = new TreeMap<>();
    numbers.forEach((zone, number) -> {
      if (number > 0) {
        parts.put(zone, number / sum);
      }
    });
    return parts;
  }

  private static double of(SortedMap<String, Double> parts, String zone) {
    return parts.getOrDefault(zone, 0.0);
  }
}

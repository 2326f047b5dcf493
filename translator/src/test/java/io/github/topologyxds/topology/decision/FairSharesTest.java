package io.github.topologyxds.topology.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shares of fair near routing: by hand, and in random worlds against the bound. */
class FairSharesTest {
  private static final int WORLDS = 3000;

  @ParameterizedTest(name = "demand {0}, capacity {1}, threshold {2}: from a {3}")
  @CsvSource({
    // Measured with Envoys (1 of 9 endpoints in zone a, equal clients): 22.2 % and 20 % cross.
    "1 1 1, 1 4 4, 0,   'a=3334 b=3333 c=3333'",
    "1 1 1, 1 4 4, 0.2, 'a=4000 b=3000 c=3000'",
    "1 1 1, 1 4 4, 1,   'a=6667 b=1667 c=1666'",
    // Demand fits capacity: everything stays.
    "1 2 1, 2 4 2, 0.2, 'a=10000'",
    // A zone without endpoints goes where there is room: b carries its own, c is free.
    "1 1 0, 0 2 2, 0.2, 'c=10000'",
    // Nobody knows where clients are: they are where the endpoints are.
    "0 0 0, 1 4 4, 0.2, 'a=10000'",
    // No clients in a: those that come stay.
    "0 1 1, 3 3 3, 0.2, 'a=10000'",
    "10 0 0, 3 3 3, 0.2, 'a=4000 b=3000 c=3000'",
    // One zone has everything.
    "5 3 2, 0 0 1, 0.2, 'c=10000'",
  })
  void ofZoneA(String demand, String capacity, double threshold, String expected) {
    assertThat(fromA(FairShares.of(zones(demand), zones(capacity), threshold))).isEqualTo(expected);
  }

  @Test
  void thereIsNoShareOfNothing() {
    assertThatThrownBy(() -> FairShares.of(zones("1 1"), zones("0 0"), 0.2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTieGoesToTheLowerZone() {
    // 10,000 / 3: the one that is left goes to b.
    assertThat(fromA(FairShares.of(zones("1 0 0 0"), zones("0 1 1 1"), 0)))
        .isEqualTo("b=3334 c=3333 d=3333");
  }

  /** Only the parts matter, so that replicas which count in other units agree. */
  @Test
  void theUnitMakesNoDifference() {
    assertThat(FairShares.of(zones("7 2 5"), zones("3 9 4"), 0.2))
        .isEqualTo(FairShares.of(zones("70 20 50"), zones("6 18 8"), 0.2));
  }

  /**
   * No endpoint carries more than 1 + threshold times the mean, and no less could cross zones: of a
   * zone's requests at most min(demand, (1 + threshold) x capacity) may be served at home.
   */
  @Test
  void inRandomWorldsNobodyIsOverloadedAndTheLeastCrosses() {
    Random random = new Random(1);
    double[] thresholds = {0, 0.2, 0.5, 1};
    for (int world = 0; world < WORLDS; world++) {
      int zones = 2 + random.nextInt(5);
      double[] demand = random.doubles(zones, 0, 1).map(d -> d < 0.15 ? 0 : d * d).toArray();
      double[] capacity = random.ints(zones, 0, 12).asDoubleStream().toArray();
      demand[random.nextInt(zones)] += 0.1;
      capacity[random.nextInt(zones)] += 1;
      double threshold = thresholds[world % thresholds.length];
      Outcome outcome = outcome(demand, capacity, threshold);
      assertThat(outcome.overload()).as("world " + world).isLessThanOrEqualTo(threshold + 0.002);
      assertThat(outcome.crossing())
          .as("world " + world)
          .isCloseTo(bound(demand, capacity, threshold), within(2e-4));
    }
  }

  /**
   * What a world comes to.
   *
   * @param overload of the fullest endpoint above the mean, 0.2 is 20 % more
   * @param crossing part of all requests that leaves its zone
   */
  private record Outcome(double overload, double crossing) {}

  private static Outcome outcome(double[] demand, double[] capacity, double threshold) {
    var shares = FairShares.of(map(demand), map(capacity), threshold);
    double[] load = new double[demand.length];
    double all = 0;
    double crossing = 0;
    for (int from = 0; from < demand.length; from++) {
      int sum = 0;
      for (int to = 0; to < demand.length; to++) {
        SortedMap<String, Integer> row = shares.getOrDefault(name(from), new TreeMap<>());
        int share = row.getOrDefault(name(to), 0);
        sum += share;
        double requests = demand[from] * share / FairShares.SCALE;
        load[to] += requests;
        crossing += from == to ? 0 : requests;
      }
      if (demand[from] > 0) {
        assertThat(sum).isEqualTo(FairShares.SCALE);
      }
      all += demand[from];
    }
    double endpoints = 0;
    for (double ofZone : capacity) {
      endpoints += ofZone;
    }
    double fullest = 0;
    for (int zone = 0; zone < load.length; zone++) {
      if (capacity[zone] == 0) {
        assertThat(load[zone]).isZero();
      } else {
        fullest = Math.max(fullest, load[zone] / capacity[zone]);
      }
    }
    return new Outcome(fullest / (all / endpoints) - 1, crossing / all);
  }

  /** Returns the least that can cross zones, as a part of all requests. */
  private static double bound(double[] demand, double[] capacity, double threshold) {
    double requests = 0;
    double endpoints = 0;
    for (int zone = 0; zone < demand.length; zone++) {
      requests += demand[zone];
      endpoints += capacity[zone];
    }
    double home = 0;
    for (int zone = 0; zone < demand.length; zone++) {
      home += Math.min(demand[zone] / requests, (1 + threshold) * capacity[zone] / endpoints);
    }
    return 1 - home;
  }

  private static SortedMap<String, Double> zones(String numbers) {
    return map(List.of(numbers.split(" ")).stream().mapToDouble(Double::parseDouble).toArray());
  }

  private static SortedMap<String, Double> map(double[] numbers) {
    SortedMap<String, Double> map = new TreeMap<>();
    for (int zone = 0; zone < numbers.length; zone++) {
      map.put(name(zone), numbers[zone]);
    }
    return map;
  }

  private static String name(int zone) {
    return String.valueOf((char) ('a' + zone));
  }

  private static String fromA(SortedMap<String, SortedMap<String, Integer>> shares) {
    SortedMap<String, Integer> row = shares.getOrDefault("a", new TreeMap<>());
    return String.join(
        " ", row.entrySet().stream().map(zone -> zone.getKey() + "=" + zone.getValue()).toList());
  }
}

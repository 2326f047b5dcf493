package io.github.topologyxds.topology.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When shares of an earlier demand are too bad for the one of now. */
class NearUseTest {
  private static final SortedMap<String, Double> EVEN = zones(10, 10, 10);
  private static final NearUse USE = new NearUse(zones(3, 3, 3), 0.2);

  @Test
  void shouldBearDemandThatMovesALittle() {
    assertThat(USE.isStale(EVEN, zones(12, 9, 9))).isFalse();
  }

  @Test
  void shouldNotBearAnOverloadedZone() {
    assertThat(USE.outcome(EVEN, zones(20, 5, 5)).fullest()).isCloseTo(2, within(1e-9));
    assertThat(USE.outcome(zones(20, 5, 5), zones(20, 5, 5)).fullest()).isBetween(1.199, 1.202);
    assertThat(USE.isStale(EVEN, zones(20, 5, 5))).isTrue();
  }

  @Test
  void shouldNotBearRequestsThatLeaveForNothing() {
    assertThat(USE.outcome(zones(20, 5, 5), EVEN).crossing()).isGreaterThan(0.1);
    assertThat(USE.outcome(EVEN, EVEN).crossing()).isZero();
    assertThat(USE.isStale(zones(20, 5, 5), EVEN)).isTrue();
  }

  @Test
  void shouldBearAnythingWhileNobodyAsks() {
    assertThat(USE.isStale(EVEN, new TreeMap<>())).isFalse();
  }

  /** It had neither demand nor shares before; all of it goes where the room was. */
  @Test
  void shouldNotBearManyClientsOfAZoneThatHadNone() {
    SortedMap<String, Double> now = new TreeMap<>(EVEN);
    now.put("z", 30.0);
    assertThat(USE.outcome(EVEN, now).fullest()).isCloseTo(1, within(0.001));
    assertThat(USE.isStale(EVEN, now)).isFalse();
    assertThat(new NearUse(zones(9, 1, 1), 0.2).isStale(zones(1, 1, 1), now)).isTrue();
  }

  private static SortedMap<String, Double> zones(double... numbers) {
    SortedMap<String, Double> zones = new TreeMap<>();
    for (int zone = 0; zone < numbers.length; zone++) {
      zones.put(String.valueOf((char) ('a' + zone)), numbers[zone]);
    }
    return zones;
  }
}

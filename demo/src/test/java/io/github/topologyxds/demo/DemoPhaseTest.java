package io.github.topologyxds.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoPhaseTest {
  private static final Map<String, Long> B = Map.of("zone-b", 500L);
  private static final Map<String, Long> C = Map.of("zone-c", 500L);

  @Test
  void localTrafficIsWell() {
    assertThat(complaint(DemoPhase.ALL_WELL, Map.of("zone-a", 495L, "zone-b", 5L))).isEmpty();
  }

  @Test
  void twoPercentAwayAreTooMany() {
    assertThat(complaint(DemoPhase.ALL_WELL, Map.of("zone-a", 490L, "zone-b", 10L)))
        .contains("all well: expected at least 99% of zone-a's requests to stay in it, saw 98.0%");
  }

  @Test
  void aDrainedZoneGetsNothing() {
    assertThat(complaint(DemoPhase.DRAINED, Map.of("zone-b", 250L, "zone-c", 250L))).isEmpty();
    assertThat(complaint(DemoPhase.DRAINED, Map.of("zone-a", 1L, "zone-c", 499L)))
        .contains("zone-a drained: expected no request to the drained zone, saw 1 from zone-a");
  }

  @Test
  void countersHaveToAddUp() {
    assertThat(complaint(DemoPhase.ALL_WELL, Map.of("zone-a", 499L)))
        .contains("all well: sent 1500 requests, the backends counted 1499");
  }

  @Test
  void noRequestMayFail() {
    ZoneTable table = table(Map.of("zone-a", 500L));

    assertThat(DemoPhase.RETURNED.complaint(table, new DemoRequests(1500, 2, "by status: {503=2}")))
        .contains("zone-a is back: expected no failed request, saw 2 of 1500 (by status: {503=2})");
  }

  @Test
  void theTableIsForPeople() {
    assertThat(table(Map.of("zone-a", 300L, "zone-b", 200L)).text())
        .isEqualTo(
            """
            from \\ to       zone-a          zone-b          zone-c
            zone-a          300 (60.0%)     200 (40.0%)     0 (0.0%)
            zone-b          0 (0.0%)        500 (100.0%)    0 (0.0%)
            zone-c          0 (0.0%)        0 (0.0%)        500 (100.0%)
            """);
  }

  private static Optional<String> complaint(DemoPhase phase, Map<String, Long> zoneA) {
    return phase.complaint(table(zoneA), new DemoRequests(1500, 0, ""));
  }

  private static ZoneTable table(Map<String, Long> zoneA) {
    return new ZoneTable(DemoWorld.ZONES, Map.of("zone-a", zoneA, "zone-b", B, "zone-c", C));
  }
}

package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.e2e.shares.ShareBench.Counted;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.ObjectName;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Services ask for by annotations, counted at a real Envoy in zone-a: 2,000 requests to each,
 * against shares that are worked out by hand, and against what is explained.
 */
class AskedSharesTest {
  private static final String NEAR = "topology-xds.io/preference: same-zone";

  @TempDir private Path folder = Path.of("");

  /**
   * A Service and where its requests go.
   *
   * @param a percent that stays in zone-a
   * @param failed percent that get 503; the rest goes to zone-b and zone-c
   */
  private record Case(AskedService service, int a, int failed) {}

  private static Case asked(String name, String annotation, List<Integer> unready, int... shares) {
    String annotations = NEAR + (annotation.isEmpty() ? "" : ", topology-xds.io/" + annotation);
    return new Case(
        new AskedService(new ObjectName("asked", name), annotations, unready),
        shares[0],
        shares[1]);
  }

  private static final List<Case> CASES =
      List.of(
          // 1 of 3 near ones is ready: 140 % x 1/3 = 46 % stay.
          asked("anywhere", "failover: anywhere", List.of(0, 1), 46, 0),
          asked("zone", "failover: zone", List.of(0, 1), 100, 0),
          asked("zone-lost", "failover: zone", List.of(0, 1, 2), 0, 100),
          asked("none", "failover: none", List.of(0, 1), 100, 0),
          asked("none-lost", "failover: none", List.of(0, 1, 2), 0, 100),
          // No Node has a region here.
          asked("region-unknown", "failover: region", List.of(), 0, 100),
          asked("weights", "zone-weights: 'zone-a=20,zone-b=80'", List.of(), 20, 0),
          // Zone-a keeps 140 % x 1/3 of its 50; tier 0 carries 140 % x 3/5 = 84 %, the rest goes to
          // c.
          asked("weights-lost", "zone-weights: 'zone-a=50,zone-b=50'", List.of(0, 1), 27, 0),
          asked("weights-last", "zone-weights: 'zone-b=1,zone-a=0'", List.of(3, 4), 0, 0),
          asked("weights-elsewhere", "zone-weights: 'zone-b=1,zone-c=3'", List.of(), 0, 0),
          // A fifth of what is ready, and all of the demand: 1.2 x 1/5; of three sevenths: 1.2 x
          // 3/7.
          asked("fair-lost", "balance: fair", List.of(0, 1), 24, 0),
          asked("fair-none", "balance: fair", List.of(0, 1, 2), 0, 0),
          asked("fair-room", "balance: fair", List.of(), 51, 0),
          // A third is ready: enough for 30 %, and a third of what 100 % asks for.
          asked("spill-late", "spill-below: 30%", List.of(0, 1), 100, 0),
          asked("spill-early", "spill-below: 100%", List.of(0, 1), 33, 0));

  @Test
  void shouldBeWhatIsAskedFor() throws Exception {
    ShareBench bench = new ShareBench(folder);
    try {
      // The Nodes' CPU says what the only client says: all of the demand is in zone a.
      StringBuilder yaml = new StringBuilder(ShareWorld.nodesWithCpuIn(Set.of("zone-a")));
      for (int number = 0; number < CASES.size(); number++) {
        yaml.append(CASES.get(number).service().yaml(number, bench.port()));
      }
      EnvoyProcess envoy = bench.serve(yaml.toString());
      SoftAssertions all = new SoftAssertions();
      for (Case asked : CASES) {
        Explanation expected = bench.explain(asked.service().name());
        Counted counted = ShareBench.count(asked.service().name(), expected, envoy);
        all.assertThat(ShareBench.differences(asked.service().name(), expected, counted)).isEmpty();
        all.assertThat(AskedService.requestsIn("a", counted.byHost()) * 100.0 / ShareBench.REQUESTS)
            .as(asked.service().name() + " in zone-a")
            .isCloseTo(asked.a(), within(3.0));
        all.assertThat(counted.failed() * 100.0 / ShareBench.REQUESTS)
            .as(asked.service().name() + " failed")
            .isCloseTo(asked.failed(), within(0.0));
      }
      all.assertAll();
    } finally {
      bench.stop();
    }
  }
}

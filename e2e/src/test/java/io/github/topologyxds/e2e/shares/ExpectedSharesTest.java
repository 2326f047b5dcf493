package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.explanation.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random Services, each with 2,000 requests through one real Envoy: what is explained is what is
 * counted, host by host. {@code -Dshares.worlds=200} asks for more of them.
 */
class ExpectedSharesTest {
  private static final int WORLDS = Integer.getInteger("shares.worlds", 30);

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldBeWhatEnvoyDoes() throws Exception {
    ShareBench bench = new ShareBench(folder);
    try {
      List<ShareWorld> worlds = new ArrayList<>();
      StringBuilder yaml = new StringBuilder(ShareWorld.nodes());
      for (int number = 0; number < WORLDS; number++) {
        ShareWorld world = new ShareWorld(number, bench.port());
        worlds.add(world);
        yaml.append(world.yaml()).append("---\n");
      }
      EnvoyProcess envoy = bench.serve(yaml.toString());
      List<String> wrong = new ArrayList<>();
      int spilling = 0;
      for (ShareWorld world : worlds) {
        Explanation expected = bench.explain(world.name());
        spilling += expected.tierShares().stream().filter(share -> share > 0).count() > 1 ? 1 : 0;
        wrong.addAll(
            ShareBench.differences(
                world.name(), expected, ShareBench.count(world.name(), expected, envoy)));
      }
      assertThat(wrong).isEmpty();
      // The worlds are no easy ones: in some of them load spills over.
      assertThat(spilling).isGreaterThan(WORLDS / 10);
    } finally {
      bench.stop();
    }
  }
}

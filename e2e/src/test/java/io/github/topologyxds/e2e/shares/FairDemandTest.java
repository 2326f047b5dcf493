package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.Wait;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on files follows what the Envoys report, and is strict beside it. */
class FairDemandTest {
  /** Long enough for all of what is sent first to be in the reports that are acted on. */
  private static final Duration REPORTS = Duration.ofSeconds(3);

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldSpreadByWhatEnvoysReport() throws Exception {
    try (FairBench bench = new FairBench();
        DemandServer server = DemandServer.start(folder, bench.yaml("fair"), REPORTS)) {
      bench.connect(server.xdsPort());
      bench.warmUp();
      Wait.until("measured demand")
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.explain().contains("measured requests"));
      bench.awaitShares();
      FairBench.Spread spread = bench.send();
      assertThat(spread.fullest()).isBetween(1.1, 1.25);
      assertThat(spread.crossing()).isBetween(0.15, 0.21);
    }
  }

  @Test
  void shouldBeStrictBesideIt() throws Exception {
    try (FairBench bench = new FairBench();
        DemandServer server = DemandServer.start(folder, bench.yaml("strict"), REPORTS)) {
      bench.connect(server.xdsPort());
      FairBench.Spread spread = bench.send();
      assertThat(spread.fullest()).isBetween(2.99, 3.01);
      assertThat(spread.crossing()).isZero();
    }
  }
}

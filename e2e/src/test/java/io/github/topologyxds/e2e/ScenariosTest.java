package io.github.topologyxds.e2e;

import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** All scenarios with Envoys that are processes of this machine. */
class ScenariosTest {
  private static final EnvoyRunner RUNNER = new ProcessEnvoyRunner();

  @Nested
  class NearRouting extends NearRoutingScenarios {
    NearRouting() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class Failover extends FailoverScenarios {
    Failover() throws IOException {
      super(RUNNER);
    }
  }
}

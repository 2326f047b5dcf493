package io.github.topologyxds.e2e;

import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** The scenarios of {@link ScenariosTest} about what the server does while requests are sent. */
class ServerScenariosTest {
  private static final EnvoyRunner RUNNER = new ProcessEnvoyRunner();

  @Nested
  class ServerLoss extends ServerLossScenarios {
    ServerLoss() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class LoadReport extends LoadReportScenarios {
    LoadReport() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class ZonalShift extends ZonalShiftScenarios {
    ZonalShift() throws IOException {
      super(RUNNER);
    }
  }
}

package io.github.topologyxds.e2e;

import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

/**
 * The scenarios with Envoys that are processes of this machine. Those about the server are in
 * {@link ServerScenariosTest}: a class is what runs beside others.
 */
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

  @Nested
  class DeadBackend extends DeadBackendScenarios {
    DeadBackend() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class ApplicationError extends ApplicationErrorScenarios {
    ApplicationError() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class PartialLoss extends PartialLossScenarios {
    PartialLoss() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class Update extends UpdateScenarios {
    Update() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class Domain extends DomainScenarios {
    Domain() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class PodName extends PodNameScenarios {
    PodName() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class OtherBootstrap extends OtherBootstrapScenarios {
    OtherBootstrap() throws IOException {
      super(RUNNER);
    }
  }

  @Nested
  class Grpc extends GrpcScenarios {
    Grpc() throws IOException {
      super(RUNNER);
    }
  }
}

package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.envoy.EnvoySpec;
import java.io.IOException;

/** How an Envoy comes to run from the text of a bootstrap. */
public sealed interface EnvoyRunner permits ProcessEnvoyRunner, ContainerEnvoyRunner {
  /** Starts one; it need not be ready yet. */
  RunningEnvoy launch(EnvoySpec spec) throws IOException;
}

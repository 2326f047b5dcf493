package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.envoy.EnvoyAdmin;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import java.io.IOException;

/** Envoys as processes of this machine. */
public final class ProcessEnvoyRunner implements EnvoyRunner {
  @Override
  public RunningEnvoy launch(EnvoySpec spec) throws IOException {
    return new Running(EnvoyProcess.launch(EnvoyBinary.find(), spec));
  }

  private record Running(EnvoyProcess process) implements RunningEnvoy {
    @Override
    public void awaitReady() throws IOException {
      process.awaitReady();
    }

    @Override
    public EnvoyAdmin admin() {
      return process.admin();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}

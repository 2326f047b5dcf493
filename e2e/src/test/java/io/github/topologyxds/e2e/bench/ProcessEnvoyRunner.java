package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.envoy.EnvoyAdmin;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Envoys as processes of this machine. */
public final class ProcessEnvoyRunner implements EnvoyRunner {
  private final @Nullable EnvoyBinary binary;

  /** Those of the Envoy that this machine has. */
  public ProcessEnvoyRunner() {
    this(null);
  }

  /**
   * Those of an Envoy.
   *
   * @param binary null: the one that this machine has
   */
  public ProcessEnvoyRunner(@Nullable EnvoyBinary binary) {
    this.binary = binary;
  }

  @Override
  public RunningEnvoy launch(EnvoySpec spec) throws IOException {
    return new Running(EnvoyProcess.launch(binary == null ? EnvoyBinary.find() : binary, spec));
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

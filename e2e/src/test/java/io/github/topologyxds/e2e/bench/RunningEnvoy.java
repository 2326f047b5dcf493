package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.envoy.EnvoyAdmin;
import java.io.IOException;

/** An Envoy that listens on this machine's loopback interface, until it is closed. */
public interface RunningEnvoy extends AutoCloseable {
  /**
   * Waits until Envoy says that it is ready.
   *
   * @throws IOException with its log's tail when that does not happen in time
   */
  void awaitReady() throws IOException;

  EnvoyAdmin admin();

  @Override
  void close();
}

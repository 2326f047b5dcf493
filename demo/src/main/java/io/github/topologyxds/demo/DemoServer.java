package io.github.topologyxds.demo;

import io.github.topologyxds.load.MeasuredLoad;
import java.io.IOException;
import java.nio.file.Path;

/** The control plane as the demo needs it: over a folder of Kubernetes YAML, on loopback. */
public interface DemoServer extends AutoCloseable {
  /** Starts one and returns when it listens. */
  @FunctionalInterface
  interface Starter {
    /**
     * Starts one.
     *
     * @param folder watched for changes
     */
    DemoServer start(Path folder) throws IOException;
  }

  /** Port on 127.0.0.1 where it speaks ADS. */
  int xdsPort();

  /** Port on 127.0.0.1 with probes and metrics. */
  int adminPort();

  /** Port on 127.0.0.1 of the API, and of the page on it. */
  int apiPort();

  /** What Envoys report of their load. */
  MeasuredLoad loads();

  @Override
  void close();
}

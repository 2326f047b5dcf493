package io.github.topologyxds.demo;

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

  @Override
  void close();
}

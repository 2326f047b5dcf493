package io.github.topologyxds.identity;

import java.io.IOException;

/** Where a cluster's signing keys are read. */
@FunctionalInterface
public interface KeySource {
  /**
   * Reads them, within the reader's own time limit.
   *
   * @throws IOException when they cannot be read; the message says why, in one line
   */
  SigningKeys read() throws IOException, InterruptedException;
}

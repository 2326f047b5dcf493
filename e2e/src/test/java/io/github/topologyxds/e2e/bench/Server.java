package io.github.topologyxds.e2e.bench;

/** A control plane that is running. */
sealed interface Server permits InProcessServer, ServerProcess {
  /** Ends it and waits until its port is free: in good order or by force, as its kind has it. */
  void stop();
}

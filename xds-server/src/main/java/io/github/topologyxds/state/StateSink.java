package io.github.topologyxds.state;

/**
 * Takes the batches of one source, in order, from one thread at a time. Must not block for long.
 */
@FunctionalInterface
public interface StateSink {
  /** Takes one change; each source hands over its changes in their order. Must not block. */
  void accept(StateChange change);
}

package io.github.topologyxds.state;

/**
 * Takes the batches of one source, in order, from one thread at a time. Must not block for long.
 */
@FunctionalInterface
public interface StateSink {
  void accept(StateChange change);
}

package io.github.topologyxds.e2e.apiserver;

/**
 * A fault that is in force until it is lifted or used up.
 *
 * @param fault what happens
 * @param where to which requests
 * @param number tells equal faults apart
 */
public record Injection(Fault fault, Where where, long number, Faults owner)
    implements AutoCloseable {

  /** Ends the fault. To lift it twice does no harm. */
  public void lift() {
    owner.lift(this);
  }

  @Override
  public void close() {
    lift();
  }
}

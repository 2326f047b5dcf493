package io.github.topologyxds.source.mapping;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that the test turns on, in nanoseconds. */
public final class TurnedClock implements LongSupplier {
  private long nanos = -5;

  @Override
  public long getAsLong() {
    return nanos;
  }

  /** Time goes on. */
  public void turnOn(Duration time) {
    nanos += time.toNanos();
  }
}

package io.github.topologyxds.pipeline;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of the pipeline.
 *
 * @param nanos monotonic, for periods: {@link System#nanoTime}
 * @param wall what people write times by: when a ZonalShift expires
 */
public record Clocks(LongSupplier nanos, InstantSource wall) {
  public static final Clocks SYSTEM = new Clocks(System::nanoTime, InstantSource.system());
}

package io.github.topologyxds.grpc.lrs;

import io.github.topologyxds.load.LoadSink;
import java.time.Duration;

/**
 * Who gets load reports, and how often.
 *
 * @param interval between two reports of a client; zero: none is to report
 */
public record LoadReporting(Duration interval, LoadSink sink) {
  /** Nobody is to report. */
  public static final LoadReporting OFF = new LoadReporting(Duration.ZERO, LoadSink.NOWHERE);

  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  boolean isOff() {
    return interval.isZero();
  }
}

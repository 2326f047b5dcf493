package io.github.topologyxds.grpc.lrs;

import java.time.Duration;
import java.util.Optional;

/**
 * When a client is to report. Each response starts its clock anew, and it must be told anew
 * whenever it has new clusters (Envoy counts a cluster from the response or the report that comes
 * next; what was sent there before is lost). So that changes of clusters put off no report, such a
 * response asks for the time that is left, and the report that comes of it is answered with the
 * whole interval again. Times are nanoseconds of any clock that does not go back.
 *
 * <p>Owner: the stream's thread.
 */
final class ReportSchedule {
  /** A shorter time than this is no use. */
  private static final long MIN_PAUSE = Duration.ofMillis(100).toNanos();

  private final long interval;
  private long due;
  private boolean shortened;

  ReportSchedule(Duration interval, long now) {
    this.interval = interval.toNanos();
    this.due = now + this.interval;
  }

  /** Returns the interval to ask for now that the client counts new clusters. */
  Duration again(long now) {
    long left = Math.clamp(due - now, Math.min(MIN_PAUSE, interval), interval);
    shortened |= left < interval;
    return Duration.ofNanos(left);
  }

  /** A report has come; returns the interval to ask for, if the client must be told one. */
  Optional<Duration> reported(long now) {
    due = now + interval;
    if (!shortened) {
      return Optional.empty();
    }
    shortened = false;
    return Optional.of(Duration.ofNanos(interval));
  }
}

package io.github.topologyxds.shiftstatus;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log why no status is written, of each cause once a minute at most. Any thread. */
final class StatusTroubles {
  private static final Logger LOG = LoggerFactory.getLogger(StatusTroubles.class);
  private static final long SAY_EVERY = Duration.ofMinutes(1).toNanos();

  /** Where the trouble is. */
  enum Cause {
    LEASE,
    WRITE
  }

  private final Map<Cause, Long> saidAt = new EnumMap<>(Cause.class);

  /**
   * This stands in the way.
   *
   * @param now of the monotonic clock
   */
  synchronized void stands(Cause cause, String trouble, long now) {
    Long said = saidAt.get(cause);
    if (said == null || now - said >= SAY_EVERY) {
      saidAt.put(cause, now);
      LOG.warn("the status of ZonalShifts is not written, and they act all the same: {}", trouble);
    }
  }
}

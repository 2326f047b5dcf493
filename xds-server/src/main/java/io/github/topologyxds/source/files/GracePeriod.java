package io.github.topologyxds.source.files;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long something must have been away from the folder to count as deleted: a second, and in a
 * folder whose files still come and go a second after that has ended, ten at most. An editor that
 * removes a file and writes it again, a checkout and a copy in progress are over by then. Owned by
 * {@link ManifestFolder}.
 */
final class GracePeriod {
  private static final long LASTING = Duration.ofSeconds(1).toNanos();
  private static final long MAX_GRACE_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanos;
  private long stirred;

  /**
   * Begins at rest.
   *
   * @param nanos the time, as {@link System#nanoTime}
   */
  GracePeriod(LongSupplier nanos) {
    this.nanos = nanos;
    this.stirred = nanos.getAsLong() - LASTING;
  }

  long now() {
    return nanos.getAsLong();
  }

  /** A file has come or gone. */
  void stir() {
    stirred = now();
  }

  /** Whether what has been away since then is gone for good. */
  boolean isOver(long since) {
    long away = now() - since;
    return away >= MAX_GRACE_NANOS || (lasts(since) && now() - stirred >= LASTING);
  }

  /** Whether something that began then has lasted long enough to be told. */
  boolean lasts(long since) {
    return now() - since >= LASTING;
  }
}

package io.github.topologyxds.grpc.limits;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast a connection may ask for more: many requests at once, as an application begins, and
 * further ones as the time goes. It is not told; who asks faster is read later.
 *
 * <p>Owner: the connection's event loop.
 */
public final class RequestPace {
  /** So many at once. */
  public static final int MAX_BURST = 1_000;

  /**
   * So many a second. An application that makes up hosts is answered each of its requests, and
   * costs us one or two per cent of a core.
   */
  static final int MAX_PER_SECOND = 500;

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / MAX_PER_SECOND;

  private final LongSupplier nanos;

  /** When all of the burst is free again. */
  private long free;

  /**
   * Has read none yet.
   *
   * @param nanos as of {@link System#nanoTime}
   */
  public RequestPace(LongSupplier nanos) {
    this.nanos = nanos;
    this.free = nanos.getAsLong();
  }

  /** A request that asks for more has been read. */
  public void asked() {
    long now = nanos.getAsLong();
    free = now + Math.max(0, free - now) + INTERVAL_NANOS;
  }

  /** Returns for how long nothing more is to be read, in nanoseconds; 0: read on. */
  public long rest() {
    return Math.max(0, free - nanos.getAsLong() - MAX_BURST * INTERVAL_NANOS);
  }
}

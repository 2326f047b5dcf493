package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What one reflector knows of its connection. Its thread and the source's write; any thread reads.
 *
 * <p>A watch ends every 25 s and is given up after 30 s, so a healthy server is heard at least that
 * often: silence of 40 s means that what we hold may be stale, whatever callbacks say.
 */
final class FeedHealth {
  private static final long STALE_AFTER = Duration.ofSeconds(40).toNanos();

  private final Feed feed;
  private final LongSupplier nanos;

  private volatile boolean synced;
  private volatile long lastHeard;
  private volatile long lastEvent;
  private volatile String trouble = "";
  private volatile boolean refused;
  private final AtomicLong restores = new AtomicLong();

  private final OutageLog outages;
  private final OutageLog denials;

  /**
   * Begins unsynced.
   *
   * @param nanos a monotonic clock
   * @param outages shared by all collections of an API server
   */
  FeedHealth(Feed feed, LongSupplier nanos, OutageLog outages) {
    this.feed = feed;
    this.nanos = nanos;
    this.lastHeard = nanos.getAsLong();
    this.lastEvent = lastHeard;
    this.outages = outages;
    this.denials = outages.ofOneFeed();
  }

  Feed feed() {
    return feed;
  }

  /** The API server has answered, or sent something. */
  void heard() {
    lastHeard = nanos.getAsLong();
    trouble = "";
    refused = false;
    outages.heard(feed);
    denials.heard(feed);
  }

  /** A change has come. */
  void event() {
    heard();
    lastEvent = lastHeard;
  }

  /** The collection is known as a whole. */
  void synced() {
    event();
    synced = true;
  }

  /** The API server holds another state than the one that its watch led to. */
  void restored() {
    restores.incrementAndGet();
  }

  /** A request has failed, or a watch broke. */
  void failed(ApiFailure failure) {
    trouble = String.valueOf(failure.getMessage());
    refused = failure.isRefusal();
    OutageLog log = failure.kind() == ApiFailure.Kind.DENIED ? denials : outages;
    log.failed(feed, failure, knowledge());
  }

  /** Whether the API server has answered last that we may not ask. */
  boolean refused() {
    return refused;
  }

  private OutageLog.Knowledge knowledge() {
    if (!feed.watched().routes()) {
      return OutageLog.Knowledge.OF_SLICES;
    }
    return synced ? OutageLog.Knowledge.LAST_STATE : OutageLog.Knowledge.NOTHING;
  }

  WatchHealth now() {
    long now = nanos.getAsLong();
    return new WatchHealth(
        feed.kind(),
        feed.namespace(),
        synced,
        now - lastHeard > STALE_AFTER,
        Duration.ofNanos(now - lastHeard),
        Duration.ofNanos(now - lastEvent),
        restores.get(),
        trouble);
  }
}

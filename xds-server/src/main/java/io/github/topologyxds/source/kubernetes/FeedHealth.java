package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one reflector knows of its connection. The reflector's thread writes; any thread reads.
 *
 * <p>A watch ends every 25 s and is given up after 30 s, so a healthy server is heard at least that
 * often: silence of 40 s means that what we hold may be stale, whatever callbacks say.
 */
final class FeedHealth {
  private static final Logger LOG = LoggerFactory.getLogger(FeedHealth.class);

  private static final long STALE_AFTER = Duration.ofSeconds(40).toNanos();
  private static final long SAY_SO_EVERY = Duration.ofMinutes(1).toNanos();

  private final Feed feed;
  private final LongSupplier nanos;

  private volatile boolean synced;
  private volatile long lastHeard;
  private volatile long lastEvent;
  private volatile String trouble = "";

  // Owner: the reflector's thread.
  private long nextSaying;
  private boolean outageSaid;

  /**
   * Begins unsynced.
   *
   * @param nanos a monotonic clock
   */
  FeedHealth(Feed feed, LongSupplier nanos) {
    this.feed = feed;
    this.nanos = nanos;
    this.lastHeard = nanos.getAsLong();
    this.lastEvent = lastHeard;
    this.nextSaying = lastHeard;
  }

  Feed feed() {
    return feed;
  }

  /** The API server has answered, or sent something. */
  void heard() {
    lastHeard = nanos.getAsLong();
    trouble = "";
    if (outageSaid) {
      outageSaid = false;
      LOG.info("{}: the API server answers again", feed);
    }
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

  /** Said at once, then at most once a minute, however often it comes and goes. */
  void failed(ApiFailure failure) {
    long now = nanos.getAsLong();
    String message = String.valueOf(failure.getMessage());
    trouble = message;
    if (now >= nextSaying) {
      nextSaying = now + SAY_SO_EVERY;
      outageSaid = true;
      LOG.warn("{}: the API server {}; {}", feed, message, consequence());
    }
  }

  private String consequence() {
    if (!feed.watched().routes()) {
      return "no slice of ours is written for what it does not tell";
    }
    return synced ? "what was known last is served on" : "clients are refused until it answers";
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
        trouble);
  }
}

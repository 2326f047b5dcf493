package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiFailure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of an API server that does not answer as it should: at once, then one line a minute,
 * however many collections suffer from it and however often it comes and goes. A missing right is
 * said for each collection, or somebody would mend one after the other. Any thread.
 */
final class OutageLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.topologyxds.kubernetes");
  private static final long EVERY = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final AtomicLong next;
  private final AtomicBoolean said = new AtomicBoolean();
  private final Set<Feed> troubled = ConcurrentHashMap.newKeySet();

  OutageLog(LongSupplier nanos) {
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /**
   * A request for a collection has failed.
   *
   * @param served whether the collection has been known before
   */
  void failed(Feed feed, ApiFailure failure, Knowledge served) {
    troubled.add(feed);
    long now = nanos.getAsLong();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + EVERY)) {
      said.set(true);
      LOG.warn("{}: the API server {}; {}", feed, failure.getMessage(), served.consequence());
    }
  }

  /** Returns a log of its own for what concerns one collection alone. */
  OutageLog ofOneFeed() {
    return new OutageLog(nanos);
  }

  /** A collection is heard of. */
  void heard(Feed feed) {
    if (troubled.remove(feed) && troubled.isEmpty() && said.compareAndSet(true, false)) {
      LOG.info("the API server answers again");
    }
  }

  /** What we have of a collection. */
  enum Knowledge {
    NOTHING("nothing of it is known yet"),
    LAST_STATE("what was known last is served on"),
    OF_SLICES("no slice of ours is written for what it does not tell");

    private final String consequence;

    Knowledge(String consequence) {
      this.consequence = consequence;
    }

    String consequence() {
      return consequence;
    }
  }
}

package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiClient;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.ApiLimits;
import io.github.topologyxds.kubernetes.Backoff;
import io.github.topologyxds.kubernetes.WatchStream;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one collection: lists it, watches it from there, and tells what it sees, in order. A
 * watch that breaks goes on from where it was; only when the server does not know that place any
 * more (410), is behind it ({@link Doubt}), or sends what cannot be read, is the collection listed
 * again.
 *
 * <p>Every watch is asked to end after a while, and is given up soon after that ({@link
 * ApiLimits}): so a connection that hangs, or a server that has forgotten us, is noticed without a
 * callback. The first one after a failure is short, so that a server that is back is known to be
 * back.
 */
final class Reflector implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);

  /** A watch that has lived so long was no failure. */
  private static final long GOOD_WATCH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Feed feed;
  private final ApiClient api;
  private final FeedHealth health;
  private final Consumer<Observation> sink;
  private final CountDownLatch closed;

  // Owner: this reflector's thread.
  private final CollectionReader reader;
  private final Backoff backoff = new Backoff();
  private final ListAllowance allowance = new ListAllowance();
  private final LongSupplier doubtClock;
  private final Doubt doubt;
  private final WatchPosition position = new WatchPosition();
  private boolean inDoubt;
  private final MissingNamespace missing;
  private final OptionalKind optional;

  private volatile boolean mustList;

  /**
   * Does nothing yet.
   *
   * @param periods how often a watch is doubted
   * @param sink takes the observations, in this reflector's thread
   * @param closed is counted down when there is no more to do
   */
  Reflector(
      FeedHealth health,
      ApiClient api,
      Doubt.Periods periods,
      Consumer<Observation> sink,
      CountDownLatch closed) {
    this.feed = health.feed();
    this.api = api;
    this.health = health;
    this.sink = sink;
    this.closed = closed;
    this.reader = new CollectionReader(api, health, closed);
    this.doubtClock = periods.clock();
    this.doubt = new Doubt(periods, doubtClock.getAsLong());
    this.missing = new MissingNamespace(api);
    this.optional = new OptionalKind(health, sink);
  }

  @Override
  public void run() {
    try {
      while (closed.getCount() > 0) {
        try {
          follow();
        } catch (ApiFailure e) {
          if (optional.isNone(e)) {
            mustList = true;
            pause(OptionalKind.AGAIN);
          } else if (closed.getCount() > 0) {
            failed(e);
          }
        } catch (RuntimeException e) {
          LOG.error("a defect of ours while following {}; it is tried again", feed, e);
          failed(new ApiFailure(ApiFailure.Kind.UNREADABLE, "sends what we do not understand"));
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop following {}", feed);
    }
  }

  /** What was told last could not be taken in: tell everything again. Any thread. */
  void listAgain() {
    mustList = true;
  }

  private void loseTrack() {
    if (position.isKnown()) {
      position.lose();
      sink.accept(new Observation.Lost(feed));
    }
  }

  private void follow() throws ApiFailure, InterruptedException {
    if (mustList) {
      mustList = false;
      loseTrack();
    }
    if (doubt.asks(doubtClock.getAsLong())) {
      ask();
    }
    if (!position.isKnown()) {
      if (pause(allowance.take(System.nanoTime()))) {
        return;
      }
      list();
    } else if (doubt.compares(doubtClock.getAsLong())) {
      compare();
    }
    watch();
  }

  /** Also tells a server that is back from one that is away, before anything dear is asked. */
  private void ask() throws ApiFailure, InterruptedException {
    ResourceVersion now = reader.version();
    doubt.answered(doubtClock.getAsLong());
    position.believe("a LIST", now);
  }

  private void compare() throws ApiFailure, InterruptedException {
    Observation.Compared all = reader.identities();
    doubt.listed(doubtClock.getAsLong());
    position.believe("a LIST", all.version());
    sink.accept(all);
  }

  private void list() throws ApiFailure, InterruptedException {
    Observation.Listed all = reader.all();
    sink.accept(all);
    position.listed(all.version());
    optional.listed();
    doubt.listed(doubtClock.getAsLong());
    health.synced();
    missing.tell(all);
  }

  private void watch() throws ApiFailure, InterruptedException {
    ApiLimits limits = api.limits();
    Duration asked = inDoubt ? limits.watchInDoubt() : limits.watch();
    long limit = asked.plus(limits.grace()).toNanos();
    try (WatchStream stream = api.watch(feed.watch(position.text(), asked.toSeconds()))) {
      // Headers alone prove nothing: a proxy in between sends them for a server that is gone.
      long opened = System.nanoTime();
      while (closed.getCount() > 0 && !mustList) {
        long left = limit - (System.nanoTime() - opened);
        Optional<String> line = stream.next(Duration.ofNanos(Math.max(0, left)));
        if (line.isEmpty()) {
          break;
        }
        take(line.get());
        backoff.reset();
        position.heard();
      }
      health.heard();
      position.heard();
      inDoubt = false;
      if (System.nanoTime() - opened > GOOD_WATCH_NANOS) {
        backoff.reset();
      } else {
        // It ends what it has just begun: do not spin.
        pause(backoff.next(ApiFailure.Kind.UNAVAILABLE, Duration.ZERO));
      }
    }
  }

  private void take(String line) throws ApiFailure {
    Observation seen = ObjectCodec.event(feed, line);
    if (seen instanceof Observation.Reached bookmark) {
      position.believe("a bookmark", bookmark.version());
    }
    ResourceVersion reached =
        switch (seen) {
          case Observation.Changed changed -> changed.object().version();
          case Observation.Deleted deleted -> deleted.version();
          case Observation.Reached bookmark -> bookmark.version();
          case Observation.Listed all -> all.version();
          case Observation.Compared all -> all.version();
          case Observation.Lost lost -> ResourceVersion.NONE;
        };
    sink.accept(seen);
    position.reached(reached);
    if (seen instanceof Observation.Reached) {
      health.heard();
    } else {
      health.event();
    }
  }

  private void failed(ApiFailure failure) throws InterruptedException {
    inDoubt = true;
    doubt.lost();
    switch (failure.kind()) {
      case GONE -> {
        LOG.info("{}: the API server {}; it is listed again", feed, failure.getMessage());
        loseTrack();
      }
      case RESTORED -> {
        LOG.warn(
            "{}: the API server {}: etcd was restored to an older state; it is listed again",
            feed,
            failure.getMessage());
        health.restored();
        loseTrack();
      }
      case UNREADABLE -> {
        if (position.countUnreadable()) {
          loseTrack();
        }
        health.failed(failure);
      }
      case DENIED ->
          health.failed(failure.about("list and watch of " + feed.watched().kind().plural()));
      case UNAVAILABLE -> health.failed(failure);
      case SILENT -> {
        health.failed(failure);
        if (position.countSilent()) {
          loseTrack();
        }
      }
    }
    pause(backoff.next(failure.kind(), failure.retryAfter()));
  }

  /** Returns true when there is no more to do. */
  private boolean pause(Duration time) throws InterruptedException {
    return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}

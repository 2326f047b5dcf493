package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.lifecycle.OwnerThread;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateSink;
import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what routing reads of a live cluster ({@code serve --kubernetes}). Nothing is handed over
 * before every kind has been listed as a whole.
 */
public final class KubernetesSource implements SourceHealth, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesSource.class);

  private final StateSink sink;
  private final List<FeedHealth> health;
  private final Map<Feed, Reflector> byFeed = new HashMap<>();
  private final List<OwnerThread> reflectors = new ArrayList<>();
  private final BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** How long the first state waits for kinds that it can do without, once all others are known. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  // Owner: the thread "kubernetes-source".
  private final ObservedState state;
  private OptionalLong patientSince = OptionalLong.empty();

  private final OwnerThread thread = OwnerThread.platform("kubernetes-source", this::run);

  private KubernetesSource(List<Feed> feeds, StateSink sink) {
    this.sink = sink;
    this.state = new ObservedState(feeds);
    OutageLog outages = new OutageLog(System::nanoTime);
    this.health =
        feeds.stream().map(feed -> new FeedHealth(feed, System::nanoTime, outages)).toList();
  }

  /**
   * Begins to follow and returns at once, whether the API server can be reached or not.
   *
   * @param access stays open when the source is closed
   * @param namespaces whose Services are served; empty: all
   */
  public static KubernetesSource start(
      KubernetesAccess access, Collection<String> namespaces, StateSink sink) {
    LOG.info("following the cluster at {}", access.server());
    return start(access, Feed.of(namespaces), Doubt.Periods.STANDARD, sink);
  }

  /**
   * Begins to follow what EndpointSlices of our own are made from, beside the source of what is
   * served: apart from each other, so that neither waits for the other, nor needs its rights.
   */
  public static KubernetesSource startPlanning(
      KubernetesAccess access, Collection<String> namespaces, StateSink sink) {
    List<Feed> feeds = Feed.of(WatchedKind.PLANNING, namespaces);
    return start(access, feeds, Doubt.Periods.STANDARD, sink);
  }

  static KubernetesSource start(
      KubernetesAccess access, List<Feed> feeds, Doubt.Periods periods, StateSink sink) {
    KubernetesSource source = new KubernetesSource(feeds, sink);
    for (FeedHealth feed : source.health) {
      Reflector reflector =
          new Reflector(feed, access.api(), periods, source.seen::add, source.closed);
      source.byFeed.put(feed.feed(), reflector);
    }
    source.byFeed.forEach((feed, reflector) ->
        source.reflectors.add(OwnerThread.virtual("reflector " + feed, reflector::run)));
    source.reflectors.forEach(OwnerThread::start);
    source.thread.start();
    return source;
  }

  @Override
  public List<WatchHealth> watches() {
    return health.stream().map(FeedHealth::now).toList();
  }

  @Override
  public boolean refuses() {
    return health.stream().anyMatch(FeedHealth::refused);
  }

  private void run() throws InterruptedException {
    List<Observation> batch = new ArrayList<>();
    while (!thread.stops()) {
      Observation first = seen.poll(1, TimeUnit.SECONDS);
      if (first != null) {
        batch.add(first);
        seen.drainTo(batch);
      } else if (!state.awaitsDispensableAlone()) {
        continue;
      }
      handOver(batch);
      batch.clear();
    }
  }

  private void losePatience() {
    if (!state.awaitsDispensableAlone()) {
      return;
    }
    long now = System.nanoTime();
    if (patientSince.isEmpty()) {
      patientSince = OptionalLong.of(now);
    } else if (now - patientSince.getAsLong() > PATIENCE.toNanos()) {
      LOG.warn("the first state comes without ServiceCIDRs: the API server has not listed them");
      state.doWithout();
    }
  }

  private void handOver(List<Observation> batch) {
    for (Observation observation : batch) {
      try {
        state.apply(observation);
      } catch (RuntimeException e) {
        // It would be missing for good: nobody tells it twice.
        LOG.error("cannot take in a change; {} is listed again", observation.feed(), e);
        Reflector reflector = byFeed.get(observation.feed());
        if (reflector != null) {
          reflector.listAgain();
        }
      }
    }
    state.takeDifferent().forEach(this::listAgain);
    losePatience();
    try {
      state.next().ifPresent(sink::accept);
    } catch (RuntimeException e) {
      LOG.error("cannot hand over a change of the cluster", e);
    }
  }

  private void listAgain(Feed feed, String why) {
    LOG.warn("{}: {}; it is listed again", feed, why);
    health.stream().filter(h -> h.feed().equals(feed)).forEach(FeedHealth::restored);
    Reflector reflector = byFeed.get(feed);
    if (reflector != null) {
      reflector.listAgain();
    }
  }

  /** Stops; nothing is handed over after it returns, unless the sink is busy with it for 5 s. */
  @Override
  public void close() {
    closed.countDown();
    reflectors.forEach(OwnerThread::interrupt);
    thread.interrupt();
    Instant end = Instant.now().plusSeconds(5);
    boolean done = thread.ends(Duration.between(Instant.now(), end));
    for (OwnerThread reflector : reflectors) {
      done &= reflector.ends(Duration.between(Instant.now(), end));
    }
    if (!done) {
      LOG.warn("the Kubernetes source is still busy");
    }
  }
}

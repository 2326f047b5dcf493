package io.github.topologyxds.slices.lease;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.WriteApi.Method;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import io.github.topologyxds.lifecycle.OwnerThread;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the Lease, or waits for it. By the rules of client-go's leader election: a Lease has run
 * out when nobody has renewed it for its duration on <em>our</em> clock, so that no two clocks are
 * compared; every write carries the resourceVersion, so that of two who take it one fails.
 */
public final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration UNREADY = Duration.ofMillis(200);

  private final WriteApi api;
  private final LeaseName name;
  private final String identity;
  private final String writes;
  private final Candidate candidate;
  private final Fence fence;
  private final LongSupplier nanos;

  /** For people alone: what it says is written on the Lease and decides nothing. */
  private final InstantSource wall;

  private final OwnerThread thread;

  // Owner: the thread.
  private @Nullable LeaseState known;
  private ResourceVersion observed = ResourceVersion.NONE;
  private long observedAt;
  private boolean leads;

  /**
   * Whether the Lease was asked for: a holder of our name that we never were is somebody's hand.
   */
  private boolean asked;

  /** Who wants the Lease. */
  public interface Candidate {
    /** Whether it could write at all. */
    boolean ready();

    /** The Lease cannot be read, taken or renewed, or is somebody else's: why, in one line. */
    void hindered(String trouble);

    /** That is over. */
    void unhindered();
  }

  /**
   * Who holds which Lease, and what for.
   *
   * @param identity unique to the process
   * @param writes what its holder writes, as the log says it
   * @param thread the name of the thread that holds it
   */
  public record Holder(LeaseName lease, String identity, String writes, String thread) {}

  /** Waits for nothing yet. */
  public LeaseKeeper(WriteApi api, Holder holder, Candidate candidate, Fence fence) {
    this(api, holder, candidate, new Clocks(fence, InstantSource.system()));
  }

  /** The clock that decides, in the fence, and the one on the wall. */
  record Clocks(Fence fence, InstantSource wall) {}

  LeaseKeeper(WriteApi api, Holder holder, Candidate candidate, Clocks clocks) {
    Fence fence = clocks.fence();
    this.wall = clocks.wall();
    this.api = api;
    this.nanos = fence.clock();
    this.name = holder.lease();
    this.identity = holder.identity();
    this.writes = holder.writes();
    this.thread = OwnerThread.platform(holder.thread(), this::run);
    this.candidate = candidate;
    this.fence = fence;
  }

  /** Begins to wait for the Lease. */
  public void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    try {
      Duration pause = Duration.ZERO;
      while (!thread.stopsWithin(pause)) {
        pause = candidate.ready() ? safeStep() : UNREADY;
      }
      release();
    } finally {
      fence.lost();
    }
  }

  private Duration safeStep() throws InterruptedException {
    try {
      return step();
    } catch (RuntimeException e) {
      LOG.error("a defect of ours while holding a Lease; it is tried again", e);
      return RETRY;
    }
  }

  /** Renews the Lease, or looks whether it is free; returns when to do so again. */
  Duration step() throws InterruptedException {
    LeaseState lease = known;
    if (lease == null) {
      lease = read();
    }
    if (lease == null) {
      return RETRY;
    }
    if (!lease.isOf(name) && !(asked && lease.holder().equals(identity))) {
      follow();
      notOurs(lease);
      return RETRY;
    }
    if (!lease.version().equals(observed)) {
      observed = lease.version();
      observedAt = nanos.getAsLong();
    }
    if (asked && lease.holder().equals(identity)) {
      hold(lease, lease.renewed(name, wall.instant()));
      return RETRY;
    }
    follow();
    asked = false;
    candidate.unhindered();
    Duration left = Fence.LEASE.minusNanos(nanos.getAsLong() - observedAt);
    if (lease.holder().isEmpty() || !left.isPositive()) {
      hold(lease, lease.takenBy(identity, name, wall.instant()));
      return RETRY;
    }
    return left.compareTo(RETRY) < 0 ? left : RETRY;
  }

  private @Nullable LeaseState read() throws InterruptedException {
    Reply reply = send(Method.GET, name.path(), "");
    if (reply.status() == 404) {
      return LeaseState.absent(name);
    }
    if (!reply.succeeded()) {
      trouble(reply);
      return null;
    }
    return LeaseState.of(reply.body());
  }

  /** Takes it or renews it; what comes of a request without an answer is read next time. */
  private void hold(LeaseState lease, String body) throws InterruptedException {
    long askedAt = nanos.getAsLong();
    boolean absent = lease.version().equals(ResourceVersion.NONE);
    asked = true;
    Reply reply =
        absent ? send(Method.POST, name.collection(), body) : send(Method.PUT, name.path(), body);
    if (reply.succeeded()) {
      LeaseState now = LeaseState.of(reply.body());
      known = now;
      observed = now.version();
      observedAt = askedAt;
      fence.renewed(now.epoch(), askedAt);
      lead();
      candidate.unhindered();
    } else {
      known = null;
      trouble(reply);
    }
  }

  /** A 409 means that another replica was quicker. */
  private void trouble(Reply reply) {
    if (reply.status() != 409) {
      trouble(": the API server " + reply.trouble());
    }
  }

  private void trouble(String what) {
    candidate.hindered("Lease " + name.installation() + what);
  }

  private void notOurs(LeaseState lease) {
    trouble(
        " is not ours (held by \""
            + Finding.quote(lease.holder())
            + "\", without the annotation "
            + AnnotationNames.INSTALLATION
            + "="
            + name.installation()
            + ") and is not taken: give another --lease-name, or that annotation if it is ours");
  }

  private void lead() {
    if (!leads) {
      LOG.info("this replica writes {}", writes);
      leads = true;
    }
  }

  private void follow() {
    fence.lost();
    if (leads) {
      LOG.info("another replica writes {}", writes);
      leads = false;
    }
  }

  private void release() throws InterruptedException {
    LeaseState lease = known;
    fence.lost();
    if (lease != null && lease.holder().equals(identity)) {
      Reply reply = send(Method.PUT, name.path(), lease.released(wall.instant()));
      LOG.info("Lease {} is {}", name.installation(), reply.succeeded() ? "released" : "left");
    }
  }

  private Reply send(Method method, String path, String body) throws InterruptedException {
    return api.send(new Request(method, path, body, Fence.REQUEST_TIMEOUT));
  }

  /** Gives the Lease back; whoever writes must have stopped. */
  @Override
  public void close() {
    thread.stop();
    if (!thread.ends(Fence.REQUEST_TIMEOUT.multipliedBy(2))) {
      thread.interrupt();
    }
  }
}

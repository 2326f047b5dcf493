package io.github.topologyxds.demand;

import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.lease.LeaseObject;
import java.time.Duration;
import java.time.Instant;

/**
 * A Lease in which one replica tells of the demand, as it was read last.
 *
 * <p>Owner: the thread of the {@link DemandKeeper}.
 */
final class LeaseSlot {
  /** A replica that has not renewed its Lease for so long is gone. */
  static final Duration TERM = Duration.ofMinutes(3);

  private final LeaseName name;
  private LeaseObject lease;
  private ReplicaDemand demand = ReplicaDemand.NONE;

  /** Whether it is known whether somebody holds it. */
  private boolean known;

  /** How long it has not been renewed, in nanoseconds, as far as anybody could see that. */
  private long age;

  private long lookedAt;

  LeaseSlot(LeaseName name) {
    this.name = name;
    this.lease = LeaseObject.absent(name);
  }

  LeaseName name() {
    return name;
  }

  /** Returns what is told in it. */
  ReplicaDemand demand() {
    return demand;
  }

  /**
   * It was read. That it has ended is seen on <em>our</em> clock, as in client-go's leader
   * election: it has had one version for its term. Only at the first look the time counts that its
   * holder has written: a replica that has just started must not take one that ended long ago for
   * alive.
   *
   * @param nanos the monotonic clock
   */
  void saw(LeaseObject now, long nanos, Instant wall) {
    if (!known) {
      Duration since = now.renewed().map(at -> Duration.between(at, wall)).orElse(TERM);
      age = Math.clamp(since.toSeconds(), 0, TERM.toSeconds()) * Duration.ofSeconds(1).toNanos();
    } else {
      age = now.version().equals(lease.version()) ? age + nanos - lookedAt : 0;
    }
    if (!known || !now.version().equals(lease.version())) {
      demand = DemandText.read(now.annotation(AnnotationNames.DEMAND));
    }
    known = true;
    lookedAt = nanos;
    lease = now;
  }

  /** There is no such Lease. */
  void isAbsent(long nanos, Instant wall) {
    saw(LeaseObject.absent(name), nanos, wall);
  }

  /** It could not be read: no time passes for it. */
  void missed(long nanos) {
    lookedAt = nanos;
  }

  /** We may not read it, and count on nothing that it said. */
  void isDenied() {
    lease = LeaseObject.absent(name);
    demand = ReplicaDemand.NONE;
    known = false;
  }

  /** Returns whether somebody tells in it. */
  boolean lives() {
    return known && !lease.holder().isEmpty() && age < TERM.toNanos();
  }

  boolean livesFor(String holder) {
    return lives() && lease.holder().equals(holder);
  }

  /** Returns whether nobody tells in it. */
  boolean isFree() {
    return known && !lives();
  }

  /** Returns whether it is there, be it held or not. */
  boolean exists() {
    return !lease.version().text().isEmpty();
  }

  /** Returns the JSON in which this holder tells something, renewed now. */
  String telling(String holder, String text, Instant now) {
    LeaseObject own = lease.annotated(AnnotationNames.DEMAND, text).renewed(TERM, now);
    if (lease.holder().equals(holder)) {
      return own.json();
    }
    int before = lease.spec().path("leaseTransitions").asInt(0);
    int transitions = exists() ? Math.max(0, before) + 1 : 0;
    return own.heldBy(holder).handedOver(transitions).acquired(now).json();
  }

  /** Returns the text that stands in it. */
  String text() {
    return lease.annotation(AnnotationNames.DEMAND);
  }
}

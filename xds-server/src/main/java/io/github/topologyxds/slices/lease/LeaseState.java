package io.github.topologyxds.slices.lease;

import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * The writers' Lease.
 *
 * @param epoch 0 transitions when it says nonsense
 */
public record LeaseState(LeaseObject lease, Epoch epoch) {
  /** Reads what the API server answered. */
  public static LeaseState of(JsonNode lease) {
    return of(LeaseObject.of(lease));
  }

  private static LeaseState of(LeaseObject lease) {
    return new LeaseState(
        lease,
        new Epoch(
            lease.metadata().path("uid").asString(""),
            Math.max(0, lease.spec().path("leaseTransitions").asInt(0))));
  }

  /** Returns a Lease that does not exist yet. */
  public static LeaseState absent(LeaseName name) {
    return of(LeaseObject.absent(name));
  }

  /** Returns who holds it; "" when nobody does. */
  public String holder() {
    return lease.holder();
  }

  /** Returns its version; {@link ResourceVersion#NONE} of one that does not exist. */
  public ResourceVersion version() {
    return lease.version();
  }

  /**
   * Whether it is an installation's of ours: it says so, or nobody has ever held it. Any other is a
   * lock of somebody else's, who would lose it to us (kube-scheduler's, a node's).
   */
  public boolean isOf(LeaseName name) {
    JsonNode spec = lease.spec();
    boolean neverHeld =
        holder().isEmpty()
            && !spec.hasNonNull("acquireTime")
            && !spec.hasNonNull("renewTime")
            && !spec.hasNonNull("leaseTransitions");
    return neverHeld || lease.annotation(AnnotationNames.INSTALLATION).equals(name.installation());
  }

  /** Returns whether somebody holds it: has renewed it, by his own clock, within its term. */
  public boolean isHeldAt(Instant now) {
    return !holder().isEmpty()
        && lease.renewed().filter(at -> at.plus(Fence.LEASE).isAfter(now)).isPresent();
  }

  /** Returns the JSON that keeps it this holder's; with the resourceVersion. */
  public String renewed(LeaseName name, Instant now) {
    return marked(name).handedOver(epoch.transitions()).renewed(Fence.LEASE, now).json();
  }

  /** Returns the JSON that makes it this holder's: its next term, as far as numbers go. */
  public String takenBy(String identity, LeaseName name, Instant now) {
    int next = (int) Math.min(Integer.MAX_VALUE, epoch.transitions() + 1L);
    return marked(name)
        .heldBy(identity)
        .handedOver(next)
        .acquired(now)
        .renewed(Fence.LEASE, now)
        .json();
  }

  private LeaseObject marked(LeaseName name) {
    return lease.annotated(AnnotationNames.INSTALLATION, name.installation());
  }

  /** Returns the JSON that lets the next one in at once (as client-go's ReleaseOnCancel). */
  public String released(Instant now) {
    return lease.heldBy("").renewed(Duration.ofSeconds(1), now).json();
  }
}

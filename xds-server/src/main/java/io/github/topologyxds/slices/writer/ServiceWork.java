package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.ExponentialDelay;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.slices.DesiredAddresses;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the writer remembers of one Service while it leads.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class ServiceWork {
  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofMillis(500), Duration.ofSeconds(32));

  /** What the watch is still to tell of what we have written. */
  sealed interface Expected {
    /** The slice, in this version or a later one. */
    record Written(ResourceVersion version) implements Expected {}

    /** Its absence. */
    record Deleted(String uid) implements Expected {}
  }

  private final Map<ObjectName, Expected> expected = new HashMap<>();
  private final HintMemory hints = new HintMemory();
  private final String uid;
  private long expectedSince;
  private long notBefore;
  private RepairGuard guard = RepairGuard.CALM;
  private boolean damaged;
  private int failures;
  private List<Finding> findings = List.of();
  private DesiredAddresses published = DesiredAddresses.NONE;
  private int withdrawals;
  private long withdrawAt;

  ServiceWork(String uid, long now) {
    this.uid = uid;
    this.expectedSince = now;
    this.notBefore = now;
    this.withdrawAt = now;
  }

  /** Returns the uid of the Service: one that was made again begins anew. */
  String uid() {
    return uid;
  }

  HintMemory hints() {
    return hints;
  }

  RepairGuard guard() {
    return guard;
  }

  void guard(RepairGuard next) {
    guard = next;
  }

  /** Whether somebody else has changed, taken or deleted a slice of ours since the last plan. */
  boolean damaged() {
    return damaged;
  }

  void intact() {
    damaged = false;
  }

  /** Returns what was published when all was as planned for the last time. */
  DesiredAddresses published() {
    return published;
  }

  /** All is as planned. */
  void published(DesiredAddresses now) {
    published = now;
    withdrawals = 0;
  }

  /** Returns when something may be taken away at the earliest, although nothing is repaired. */
  long withdrawAt() {
    return withdrawAt;
  }

  /** It was taken away; should somebody put it back, each time waits longer: 0.5 s up to 32 s. */
  void withdrew(long now) {
    withdrawAt = now + DELAY.after(withdrawals, Duration.ZERO).toNanos();
    withdrawals++;
  }

  /** Returns the findings of the last plan. */
  List<Finding> findings() {
    return findings;
  }

  void findings(List<Finding> now) {
    findings = now;
  }

  /** We have written; until the watch tells so, another plan would be made from what is old. */
  void expect(ObjectName slice, Expected what) {
    expected.put(slice, what);
  }

  /** Returns since when the watch has been waited for. */
  long expectedSince() {
    return expectedSince;
  }

  void expectsSince(long now) {
    expectedSince = now;
  }

  /** Returns when the Service may be written again at the earliest. */
  long notBefore() {
    return notBefore;
  }

  void notBefore(long time) {
    notBefore = time;
  }

  /** Returns what the watch still has to tell, by slice. */
  Map<ObjectName, Expected> expected() {
    return expected;
  }

  /** The watch has told of a slice that is ours, or was. */
  void seen(ObjectName name, @Nullable ObservedSlice now) {
    Expected awaited = expected.get(name);
    if (awaited == null || !isAtLeast(awaited, now)) {
      damaged |= awaited == null;
      return;
    }
    expected.remove(name);
    damaged |= !isExactly(awaited, now);
  }

  private static boolean isAtLeast(Expected awaited, @Nullable ObservedSlice now) {
    return switch (awaited) {
      case Expected.Written(ResourceVersion version) ->
          now == null || version.isAtMost(versionOf(now));
      case Expected.Deleted(String uid) -> now == null || !now.identity().uid().equals(uid);
    };
  }

  private static boolean isExactly(Expected awaited, @Nullable ObservedSlice now) {
    return switch (awaited) {
      case Expected.Written(ResourceVersion version) ->
          now != null && version.equals(versionOf(now));
      case Expected.Deleted(String uid) -> now == null;
    };
  }

  static ResourceVersion versionOf(ObservedSlice slice) {
    return new ResourceVersion(slice.identity().resourceVersion());
  }

  void succeeded() {
    failures = 0;
  }

  /** Returns how long to wait after one more failure: 0.5 s, doubled up to 32 s. */
  Duration failed(Duration atLeast) {
    return DELAY.after(failures++, atLeast);
  }
}

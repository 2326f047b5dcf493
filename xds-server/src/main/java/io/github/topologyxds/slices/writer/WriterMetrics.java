package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What the writer tells of itself; any thread may ask. */
public final class WriterMetrics {
  private final Map<Write, LongAdder> writes = new HashMap<>();
  private final LongAdder repairs = new LongAdder();
  private final LongAdder pauses = new LongAdder();
  private final FindingCounts planned = new FindingCounts();
  private final FindingCounts read = new FindingCounts();

  /** Written by the thread "slice-writer". */
  private volatile int owned;

  private volatile boolean leader;

  private record Write(WriteKind kind, WriteOutcome outcome) {}

  WriterMetrics() {
    for (WriteKind kind : WriteKind.values()) {
      for (WriteOutcome outcome : WriteOutcome.values()) {
        writes.put(new Write(kind, outcome), new LongAdder());
      }
    }
  }

  void wrote(WriteKind kind, WriteOutcome outcome) {
    count(kind, outcome).increment();
  }

  void repaired() {
    repairs.increment();
  }

  void paused() {
    pauses.increment();
  }

  /** This replica is the one that writes, and so many slices are ours. */
  void leads(int slices) {
    owned = slices;
    leader = true;
  }

  /** This replica does not write; so many slices are ours all the same. */
  void follows(int slices) {
    owned = slices;
    leader = false;
  }

  /** The findings of a Service's plan are these now. */
  void planned(List<Finding> before, List<Finding> now) {
    planned.replace(before, now);
  }

  /** The findings about what planning reads are these now. */
  void read(List<Finding> before, List<Finding> now) {
    read.replace(before, now);
  }

  /** Returns how many findings stand; those of plans are known to the replica that plans alone. */
  public long findings(Reason reason) {
    return read.of(reason) + (leader ? planned.of(reason) : 0);
  }

  /** Returns how many writes ended so. */
  public long writes(WriteKind kind, WriteOutcome outcome) {
    return count(kind, outcome).sum();
  }

  private LongAdder count(WriteKind kind, WriteOutcome outcome) {
    return Objects.requireNonNull(writes.get(new Write(kind, outcome)), "all are there");
  }

  /** Returns how often damage that others did was repaired. */
  public long repairs() {
    return repairs.sum();
  }

  /** Returns how often a Service was left alone because others fought for its slices. */
  public long pauses() {
    return pauses.sum();
  }

  /** Returns how many slices are ours. */
  public int owned() {
    return owned;
  }

  /** Whether this replica is the one that writes. */
  public boolean leader() {
    return leader;
  }
}

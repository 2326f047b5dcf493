package io.github.topologyxds.state.findings;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one way of every finding: whoever finds something says here what stands now. What is new is
 * logged once at its severity, counted by reason while it stands, and told to the sinks, which
 * write Events. (ArchUnit forbids another way.) A finding that several subjects have, such as one
 * about a Namespace that all its Services meet, is one.
 *
 * <p>Any thread.
 */
public final class FindingRecorder {
  /** The parts of the program whose findings replace one another, each for what it looks at. */
  public enum Finder {
    SOURCE,
    SNAPSHOT,
    STATE,
    SHIFTS,
    TRANSLATION,
    /** A defect of ours while translating. */
    DEFECT,
    ROUTES,
    LISTENERS,
    ASSIGNMENT,
    /** What one client asks for. */
    CLIENT,
    TLS
  }

  /**
   * Whose findings replace one another.
   *
   * @param name of what it looks at, "" where there is one only
   */
  public record Subject(Finder finder, String name) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject other) {
      int byFinder = finder.compareTo(other.finder);
      return byFinder == 0 ? name.compareTo(other.name) : byFinder;
    }
  }

  private final List<FindingSink> sinks = new CopyOnWriteArrayList<>();
  private final FindingCounts counts = new FindingCounts();
  private final AtomicLong revision = new AtomicLong();

  // Guarded by this.
  private final Map<Subject, List<Finding>> bySubject = new HashMap<>();

  /** How many subjects have it. */
  private final SortedMap<Finding, Integer> standing = new TreeMap<>();

  /** From now on it is told of what appears, on the thread that found it; must not block. */
  public void addSink(FindingSink sink) {
    sinks.add(sink);
  }

  /** The findings of one subject are these now. */
  public void replace(Subject subject, List<Finding> now) {
    replace(new TreeMap<>(Map.of(subject, now)));
  }

  /** Replaces the findings of several subjects: one that moves between them is not new. */
  public void replace(SortedMap<Subject, List<Finding>> batch) {
    List<Finding> appeared = settle(batch);
    if (!appeared.isEmpty()) {
      FindingsLog.log(appeared);
      sinks.forEach(sink -> sink.appeared(appeared));
    }
  }

  /** A defect of ours is all that this subject has now; the stack is logged with it. */
  public void defect(Subject subject, Finding finding, Throwable cause) {
    List<Finding> appeared = settle(new TreeMap<>(Map.of(subject, List.of(finding))));
    if (!appeared.isEmpty()) {
      FindingsLog.log(finding, cause);
      sinks.forEach(sink -> sink.appeared(appeared));
    }
  }

  /** Puts the batch in place, and returns what no subject had before. */
  private synchronized List<Finding> settle(SortedMap<Subject, List<Finding>> batch) {
    List<Finding> appeared = new ArrayList<>();
    List<Finding> replaced = new ArrayList<>();
    batch.forEach((subject, now) -> {
      List<Finding> before =
          now.isEmpty() ? bySubject.remove(subject) : bySubject.put(subject, List.copyOf(now));
      if (!now.equals(before)) {
        now.stream()
            .filter(finding -> standing.merge(finding, 1, Integer::sum) == 1)
            .forEach(appeared::add);
        replaced.addAll(before == null ? List.of() : before);
      }
    });
    List<Finding> gone = new ArrayList<>();
    for (Finding finding : replaced) {
      if (standing.computeIfPresent(finding, (f, subjects) -> subjects == 1 ? null : subjects - 1)
          == null) {
        gone.add(finding);
      }
    }
    counts.replace(gone, appeared);
    if (!gone.isEmpty() || !appeared.isEmpty()) {
      revision.incrementAndGet();
    }
    return List.copyOf(appeared);
  }

  /** Returns how many findings with this reason stand. */
  public long count(Reason reason) {
    return counts.of(reason);
  }

  /** Returns a number that grows whenever other findings stand than before. */
  public long revision() {
    return revision.get();
  }

  /** Returns all findings that stand, sorted. */
  public synchronized List<Finding> current() {
    return List.copyOf(standing.keySet());
  }
}

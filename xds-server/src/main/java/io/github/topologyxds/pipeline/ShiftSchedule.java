package io.github.topologyxds.pipeline;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ServedServices;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Judges ZonalShifts whenever the state has changed, and when time alone changes what they come to:
 * they expire and return without anybody's doing.
 */
final class ShiftSchedule {
  /** The wall clock may be set: it is looked at so often while a shift waits for a time. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Subject SUBJECT = new Subject(Finder.SHIFTS, "");

  private final ClusterStateStore state;
  private final ServedServices served;
  private final InstantSource wall;

  /**
   * Judges nothing yet. Owner: the state thread.
   *
   * @param served is told what they come to
   */
  ShiftSchedule(ClusterStateStore state, ServedServices served, InstantSource wall) {
    this.state = state;
    this.served = served;
    this.wall = wall;
  }

  /** Returns in how many nanoseconds they are to be judged again; empty: not by time alone. */
  OptionalLong untilDue() {
    Instant until = state.shifts().until();
    if (until.equals(Instant.MAX)) {
      return OptionalLong.empty();
    }
    Duration left = Duration.between(wall.instant(), until);
    Duration wait = left.compareTo(LOOK) < 0 ? left : LOOK;
    return OptionalLong.of(Math.max(0, wait.toNanos()));
  }

  /**
   * Judges them, and returns the Services that must be translated again.
   *
   * @param found takes the findings about them
   */
  SortedSet<ObjectName> settle(SortedMap<Subject, List<Finding>> found) {
    SortedSet<ObjectName> dirty = state.shift(wall.instant());
    served.shifts(state.shifts());
    found.put(SUBJECT, state.shifts().findings());
    return dirty;
  }
}

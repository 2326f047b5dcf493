package io.github.topologyxds.shifts;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.shift.ShiftedZones;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all ZonalShifts come to at one moment.
 *
 * @param shifts by name
 * @param zones what becomes of the zones
 * @param until when it is another one by time alone; {@link Instant#MAX}: never
 * @param findings about shifts that do not do what they ask for
 */
public record ShiftVerdict(
    List<JudgedShift> shifts, ShiftedZones zones, Instant until, List<Finding> findings) {
  /** There is none. */
  public static final ShiftVerdict NONE =
      new ShiftVerdict(List.of(), ShiftedZones.NONE, Instant.MAX, List.of());

  public ShiftVerdict {
    shifts = List.copyOf(shifts);
    findings = List.copyOf(findings);
  }

  /** Returns the names of all. */
  Set<String> names() {
    return shifts.stream().map(judged -> judged.shift().name()).collect(Collectors.toSet());
  }

  /** Returns the names of those that empty a zone. */
  Set<String> active() {
    return shifts.stream()
        .filter(judged -> judged.phase() == ShiftPhase.ACTIVE)
        .map(judged -> judged.shift().name())
        .collect(Collectors.toUnmodifiableSet());
  }
}

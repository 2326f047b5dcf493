package io.github.topologyxds.state;

import io.github.topologyxds.shifts.ZonalShift;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.shifts.ShiftJudge;
import io.github.topologyxds.shifts.ShiftVerdict;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The ZonalShifts, and what they came to last. Owner: the state thread (see ClusterStateStore). */
final class ShiftMemory {
  private final SortedMap<String, ZonalShift> shifts = new TreeMap<>();
  private ShiftVerdict verdict = ShiftVerdict.NONE;

  void put(ZonalShift shift) {
    shifts.put(shift.name(), shift);
  }

  void delete(String name) {
    shifts.remove(name);
  }

  ShiftVerdict verdict() {
    return verdict;
  }

  /**
   * Judges them anew.
   *
   * @param zones that there are; asked for only where there are shifts
   * @return whether other zones are emptied now, or come back otherwise
   */
  boolean judge(Supplier<SortedSet<String>> zones, Instant now) {
    ShiftedZones before = verdict.zones();
    verdict =
        shifts.isEmpty()
            ? ShiftVerdict.NONE
            : ShiftJudge.judge(shifts.values(), zones.get(), now, verdict);
    return !verdict.zones().equals(before);
  }
}

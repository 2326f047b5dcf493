package io.github.topologyxds.state;

import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.shifts.ShiftJudge;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.shifts.ZonalShift;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The ZonalShifts, and what they came to last. Owner: the state thread (see ClusterStateStore). */
final class ShiftMemory {
  private final SortedMap<String, ZonalShift> shifts = new TreeMap<>();
  private ShiftVerdict verdict = ShiftVerdict.NONE;

  /** Where Nodes were when that was looked at last, and the zones that they are in. */
  private ClusterTopology topology = ClusterTopology.EMPTY;

  private Set<String> ofNodes = Set.of();

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
   * @param now where Nodes are, and were while endpoints name them
   * @param slices name zones, too
   * @return whether other zones are emptied now, or come back otherwise
   */
  boolean judge(ClusterTopology now, SliceIndex slices, Instant time) {
    ShiftedZones before = verdict.zones();
    verdict =
        shifts.isEmpty()
            ? ShiftVerdict.NONE
            : ShiftJudge.judge(shifts.values(), zones(now, slices), time, verdict);
    return !verdict.zones().equals(before);
  }

  @SuppressWarnings("ReferenceEquality") // a topology is made anew when it changes
  private SortedSet<String> zones(ClusterTopology now, SliceIndex slices) {
    if (now != topology) {
      topology = now;
      ofNodes = Set.copyOf(now.zoneByNode().values());
    }
    SortedSet<String> zones = new TreeSet<>(ofNodes);
    zones.addAll(slices.zones());
    zones.remove("");
    return zones;
  }
}

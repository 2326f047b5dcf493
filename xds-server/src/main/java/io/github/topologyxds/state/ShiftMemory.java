package io.github.topologyxds.state;

import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.shifts.ShiftJudge;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.shifts.ZonalShift;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
   * @param topology where Nodes are, and were while endpoints name them
   * @param slices name zones, too
   * @return whether other zones are emptied now, or come back otherwise
   */
  boolean judge(ClusterTopology topology, SliceIndex slices, Instant now) {
    ShiftedZones before = verdict.zones();
    verdict =
        shifts.isEmpty()
            ? ShiftVerdict.NONE
            : ShiftJudge.judge(shifts.values(), zones(topology, slices), now, verdict);
    return !verdict.zones().equals(before);
  }

  private static SortedSet<String> zones(ClusterTopology topology, SliceIndex slices) {
    SortedSet<String> zones = new TreeSet<>(topology.zoneByNode().values());
    zones.addAll(slices.zones());
    zones.remove("");
    return zones;
  }
}

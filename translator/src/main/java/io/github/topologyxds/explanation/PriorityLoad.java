package io.github.topologyxds.explanation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How Envoy shares load between priorities (recalculatePerPriorityState and
 * recalculatePerPriorityPanic of load_balancer_impl.cc), in its whole percents: a priority's
 * availability is its healthy part x the over-provisioning factor, at most 100; healthy hosts of
 * nearer priorities take what they can, then degraded ones; if all together cannot take everything,
 * each takes in proportion.
 */
final class PriorityLoad {
  private static final int ALL = 100;

  private final Map<Availability, List<Integer>> percent;

  private PriorityLoad(Map<Availability, List<Integer>> percent) {
    this.percent = percent;
  }

  static PriorityLoad of(List<HostSet> sets) {
    Map<Availability, List<Integer>> available = new EnumMap<>(Availability.class);
    int total = 0;
    for (Availability kind : Availability.values()) {
      List<Integer> ofKind = sets.stream().map(set -> set.percent(kind)).toList();
      available.put(kind, ofKind);
      total += ofKind.stream().mapToInt(percent -> percent).sum();
    }
    return new PriorityLoad(total == 0 ? ofNothing(sets.size()) : distribute(available, total));
  }

  /** Without panic, everything is aimed at the first priority, whatever it has. */
  private static Map<Availability, List<Integer>> ofNothing(int priorities) {
    Map<Availability, List<Integer>> percent = new EnumMap<>(Availability.class);
    for (Availability kind : Availability.values()) {
      percent.put(kind, new ArrayList<>(Collections.nCopies(priorities, 0)));
    }
    if (priorities > 0) {
      percent.getOrDefault(Availability.HEALTHY, List.of()).set(0, ALL);
    }
    return percent;
  }

  private static Map<Availability, List<Integer>> distribute(
      Map<Availability, List<Integer>> available, int total) {
    Map<Availability, List<Integer>> percent = new EnumMap<>(Availability.class);
    int left = ALL;
    for (var kind : available.entrySet()) {
      List<Integer> loads = new ArrayList<>();
      for (int ofPriority : kind.getValue()) {
        int load = Math.min(left, ofPriority * ALL / Math.min(total, ALL));
        loads.add(load);
        left -= load;
      }
      percent.put(kind.getKey(), loads);
    }
    giveRest(percent, available, left);
    return percent;
  }

  /** Rounding errors go to the first priority that is available. */
  private static void giveRest(
      Map<Availability, List<Integer>> percent,
      Map<Availability, List<Integer>> available,
      int rest) {
    for (var kind : available.entrySet()) {
      List<Integer> ofKind = kind.getValue();
      for (int priority = 0; priority < ofKind.size(); priority++) {
        if (ofKind.get(priority) > 0) {
          List<Integer> loads = percent.getOrDefault(kind.getKey(), List.of());
          loads.set(priority, loads.get(priority) + rest);
          return;
        }
      }
    }
  }

  /** Returns the load of one priority's hosts of a kind, 0..100; all loads make 100. */
  int percent(int priority, Availability kind) {
    return percent.getOrDefault(kind, List.of()).get(priority);
  }
}

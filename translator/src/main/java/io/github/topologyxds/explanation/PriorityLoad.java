package io.github.topologyxds.explanation;

import java.util.List;

/**
 * How Envoy shares load between priorities (recalculatePerPriorityState and
 * recalculatePerPriorityPanic of load_balancer_impl.cc), in its whole percents: a priority's
 * availability is its healthy part x the over-provisioning factor, at most 100; healthy hosts of
 * nearer priorities take what they can, then degraded ones; if all together cannot take everything,
 * each takes in proportion.
 */
final class PriorityLoad {
  private static final int ALL = 100;

  private final int[][] percent;

  private PriorityLoad(int[][] percent) {
    this.percent = percent;
  }

  static PriorityLoad of(List<HostSet> sets) {
    int[][] available = new int[Availability.values().length][sets.size()];
    int total = 0;
    for (Availability kind : Availability.values()) {
      for (int priority = 0; priority < sets.size(); priority++) {
        available[kind.ordinal()][priority] = sets.get(priority).percent(kind);
        total += available[kind.ordinal()][priority];
      }
    }
    int[][] percent = new int[Availability.values().length][sets.size()];
    if (sets.isEmpty()) {
      return new PriorityLoad(percent);
    }
    if (total == 0) {
      // Without panic, everything is aimed at the first priority, whatever it has.
      percent[Availability.HEALTHY.ordinal()][0] = ALL;
      return new PriorityLoad(percent);
    }
    int left = ALL;
    for (Availability kind : Availability.values()) {
      left =
          distribute(
              percent[kind.ordinal()],
              available[kind.ordinal()],
              new Rest(left, Math.min(total, ALL)));
    }
    // Rounding errors go to the first that is available.
    giveRest(percent, available, left);
    return new PriorityLoad(percent);
  }

  private record Rest(int load, int total) {}

  private static int distribute(int[] percent, int[] available, Rest rest) {
    int left = rest.load();
    for (int priority = 0; priority < available.length; priority++) {
      percent[priority] = Math.min(left, available[priority] * ALL / rest.total());
      left -= percent[priority];
    }
    return left;
  }

  private static void giveRest(int[][] percent, int[][] available, int rest) {
    for (int kind = 0; kind < available.length; kind++) {
      for (int priority = 0; priority < available[kind].length; priority++) {
        if (available[kind][priority] > 0) {
          percent[kind][priority] += rest;
          return;
        }
      }
    }
  }

  /** Returns the load of one priority's hosts of a kind, 0..100; all loads make 100. */
  int percent(int priority, Availability kind) {
    return percent[kind.ordinal()][priority];
  }
}

package io.github.topologyxds.resources.ports;

import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many endpoints the load assignments in use hold, by priority and by the reason of the
 * decision. An endpoint counts once for each view that it is served to.
 */
public final class ServedEndpoints {
  /** Endpoints of the same priority for the same reason are counted together. */
  public record Tier(int priority, DecisionReason reason) implements Comparable<Tier> {
    @Override
    public int compareTo(Tier other) {
      int byPriority = Integer.compare(priority, other.priority);
      return byPriority == 0 ? reason.compareTo(other.reason) : byPriority;
    }
  }

  private final SortedMap<Tier, Long> counts = new TreeMap<>();

  void add(DecisionReason reason, List<Integer> tiers) {
    for (int priority = 0; priority < tiers.size(); priority++) {
      counts.merge(new Tier(priority, reason), (long) tiers.get(priority), Long::sum);
    }
  }

  /** Returns the counts, sorted by priority. */
  public SortedMap<Tier, Long> counts() {
    return new TreeMap<>(counts);
  }
}

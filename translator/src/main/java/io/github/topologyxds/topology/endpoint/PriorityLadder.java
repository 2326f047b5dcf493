package io.github.topologyxds.topology.endpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns ranks into priorities 0..N without gaps (rule 8).
 *
 * <p>Envoy shares load between priorities by their health, not by their size: a middle tier of one
 * host took 600 of 600 requests that P0 lost. So a tier behind P0 with fewer than half as many
 * endpoints as all nearer ones together joins the next, if there is one. DRAINING endpoints neither
 * count nor make a tier.
 */
public final class PriorityLadder {
  private PriorityLadder() {}

  /**
   * Makes the tiers.
   *
   * @param byRank the endpoints of each rank, nearest first
   * @return the tiers, none of them without a HEALTHY or UNHEALTHY endpoint
   */
  public static List<List<Placement>> tiers(List<List<Placement>> byRank) {
    return tiers(byRank, SmallTiers.JOIN);
  }

  /** As {@link #tiers(List)}, but small tiers stay: the user has asked for this order. */
  public static List<List<Placement>> asAsked(List<List<Placement>> byRank) {
    return tiers(byRank, SmallTiers.STAY);
  }

  /** What becomes of a tier that is small beside the nearer ones. */
  private enum SmallTiers {
    JOIN,
    STAY
  }

  private static List<List<Placement>> tiers(List<List<Placement>> byRank, SmallTiers small) {
    int[] tierOfRank = new int[byRank.size()];
    int tiers = assignTiers(byRank, tierOfRank, small);
    List<List<Placement>> result = new ArrayList<>();
    for (int tier = 0; tier < tiers; tier++) {
      result.add(new ArrayList<>());
    }
    for (int rank = 0; rank < byRank.size() && tiers > 0; rank++) {
      // A rank that made no tier holds only draining endpoints: the next tier, else the last.
      result.get(Math.min(tierOfRank[rank], tiers - 1)).addAll(byRank.get(rank));
    }
    result.replaceAll(List::copyOf);
    return List.copyOf(result);
  }

  /** Gives each rank the number of its tier, and returns how many tiers there are. */
  private static int assignTiers(List<List<Placement>> byRank, int[] tierOfRank, SmallTiers small) {
    int tier = 0;
    int nearer = 0;
    int pending = 0;
    for (int rank = 0; rank < byRank.size(); rank++) {
      tierOfRank[rank] = tier;
      pending += counted(byRank.get(rank));
      boolean tooSmall = small == SmallTiers.JOIN && nearer > 0 && 2 * pending < nearer;
      boolean last = !anyCountedAfter(byRank, rank);
      if (pending > 0 && (!tooSmall || last)) {
        nearer += pending;
        pending = 0;
        tier++;
      }
    }
    return tier;
  }

  private static boolean anyCountedAfter(List<List<Placement>> byRank, int rank) {
    return byRank.subList(rank + 1, byRank.size()).stream().anyMatch(r -> counted(r) > 0);
  }

  private static int counted(List<Placement> rank) {
    int count = 0;
    for (Placement placement : rank) {
      count += placement.health() == Health.DRAINING ? 0 : 1;
    }
    return count;
  }
}

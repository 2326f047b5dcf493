package io.github.topologyxds.explanation;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.topology.decision.Selection;
import io.github.topologyxds.topology.endpoint.Placement;
import io.github.topologyxds.topology.settings.Nearness;
import java.util.ArrayList;
import java.util.List;

/** Why endpoints stand where they stand, in words: read off what the rules have made. */
final class EndpointWhy {
  private final ExplainedClient client;

  /** The farthest rank of those that make each tier. */
  private final List<Integer> farthest = new ArrayList<>();

  EndpointWhy(ExplainedClient client, Selection selection) {
    this.client = client;
    for (List<Placement> tier : selection.tiers()) {
      farthest.add(
          tier.stream()
              .filter(placement -> makesTier(placement))
              .mapToInt(placement -> placement.nearness().rank())
              .max()
              .orElse(0));
    }
  }

  String of(Placement placement, int tier, double share) {
    return switch (placement.health()) {
      case UNHEALTHY -> "not ready, keeps its place (rule 7)";
      case DRAINING -> "terminating, gets nothing new";
      case HEALTHY -> place(placement.nearness()) + joined(placement, tier) + use(tier, share);
    };
  }

  private String place(Nearness nearness) {
    String zone = Finding.quote(client.view().zone());
    String node = Finding.quote(client.view().node());
    return switch (nearness) {
      case CLUSTER_WIDE -> "cluster wide";
      case LOCAL -> "on " + node + ", internalTrafficPolicy Local";
      case HINTED_FOR_NODE -> "hinted for " + node;
      case HINTED_FOR_ZONE -> "hinted for " + zone;
      case SAME_NODE -> "on " + node;
      case SAME_ZONE -> "in " + zone;
      case LENT_AWAY -> "in " + zone + ", but hinted for others";
      case HINTED_FOR_ZONE_ONLY -> "hinted for " + zone + ", not for " + node;
      case SAME_ZONE_ONLY -> "in " + zone + ", not on " + node;
      case ELSEWHERE -> "elsewhere";
      case ZONE_WITH_ROOM -> "fair: its zone has room for " + zone;
      case WEIGHTED_ZONE -> "zone-weights: its zone has a weight";
      case ZONE_WITHOUT_WEIGHT -> "zone-weights: its zone is not named";
      case ZONE_OF_WEIGHT_ZERO -> "zone-weights: its zone has 0, the last resort";
      case STANDS_IN -> "stands in for a zone that comes back (rule 13)";
      case SHIFTED_AWAY -> "its zone is emptied: the last resort (rule 13)";
    };
  }

  /** Rule 8: Envoy shares load between priorities by health, not by size. */
  private String joined(Placement placement, int tier) {
    return placement.nearness().rank() < farthest.get(tier)
        ? ", too few for a tier of their own (rule 8)"
        : "";
  }

  private static String use(int tier, double share) {
    if (tier == 0) {
      return "";
    }
    return share > 0 ? ": spill-over" : ": stands by";
  }

  private static boolean makesTier(Placement placement) {
    return switch (placement.health()) {
      case HEALTHY, UNHEALTHY -> true;
      case DRAINING -> false;
    };
  }
}

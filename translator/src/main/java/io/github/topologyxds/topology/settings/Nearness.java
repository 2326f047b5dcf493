package io.github.topologyxds.topology.settings;

/** Why an endpoint is as near to a client as it is. The names are stable: JSON prints them. */
public enum Nearness {
  /** All endpoints are equally near. */
  CLUSTER_WIDE(0),
  /** {@code internalTrafficPolicy: Local}: on the client's node, and there are no others. */
  LOCAL(0),
  /** Zone weights are asked for, and its zone has one. */
  WEIGHTED_ZONE(0),
  HINTED_FOR_NODE(0),
  HINTED_FOR_ZONE(0),
  SAME_NODE(0),
  SAME_ZONE(0),
  /** The balance is fair, and its zone has a share of the requests of the client's zone. */
  ZONE_WITH_ROOM(0),
  /** In the client's zone, but its hints lend it to others. */
  LENT_AWAY(1),
  /** The node is asked for, and this one is hinted for the client's zone. */
  HINTED_FOR_ZONE_ONLY(1),
  /** The node is asked for, and this one is in the client's zone. */
  SAME_ZONE_ONLY(1),
  /** Zone weights are asked for, and its zone has none. */
  ZONE_WITHOUT_WEIGHT(1),
  /** Zone weights are asked for, and its zone has 0. */
  ZONE_OF_WEIGHT_ZERO(2),
  ELSEWHERE(2),
  /** Its zone carries requests of a zone that is on its way back from a zonal shift. */
  STANDS_IN(0),
  /** Its zone is emptied by a zonal shift, or on its way back: the last resort. */
  SHIFTED_AWAY(3);

  /** Of those that scopes give; the one of a zone that is emptied comes behind. */
  public static final int RANKS = 3;

  private final int rank;

  Nearness(int rank) {
    this.rank = rank;
  }

  /** Returns 0 for the nearest, 2 for the rest, 3 for zones that are emptied. */
  public int rank() {
    return rank;
  }
}

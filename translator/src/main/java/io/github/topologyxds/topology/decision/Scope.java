package io.github.topologyxds.topology.decision;

import io.github.topologyxds.topology.settings.ZoneWeights;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far a client's traffic goes while there is a healthy endpoint nearer by. */
public sealed interface Scope {
  /** One tier of all endpoints. */
  record ClusterWide() implements Scope {}

  /** The zone first, then the rest. */
  record SameZone(String zone) implements Scope {}

  /** The node first, then its zone, then the rest; the zone is "" when unknown. */
  record SameNode(String node, String zone) implements Scope {}

  /** The zones that have weights first, whoever asks, then the rest, then those of weight 0. */
  record WeightedZones(ZoneWeights weights) implements Scope {}

  /**
   * The zones that have a share of the requests of the client's zone first, then the rest.
   *
   * @param zone the client's; {@link io.github.topologyxds.model.ClientView#ELSEWHERE} for one
   *     without endpoints
   * @param shares positive, by the zone of the endpoints; they add up to {@link FairShares#SCALE}
   */
  record FairZones(String zone, SortedMap<String, Integer> shares) implements Scope {
    public FairZones {
      shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }
  }

  /** Only the node (internalTrafficPolicy Local); the node is "" when unknown: nothing is local. */
  record LocalOnly(String node) implements Scope {}
}

package io.github.topologyxds.model;

/** {@code Service.spec.trafficDistribution}; PreferClose is the old name of PreferSameZone. */
public enum TrafficDistribution {
  NONE,
  PREFER_SAME_ZONE,
  PREFER_SAME_NODE
}

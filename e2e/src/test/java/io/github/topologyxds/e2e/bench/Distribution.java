package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.backend.BackendSpec;

/** A Service's trafficDistribution, and the hints that the real controller writes for it. */
public enum Distribution {
  SAME_ZONE("PreferSameZone"),
  SAME_NODE("PreferSameNode");

  private final String label;

  Distribution(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** KEP-3015: PreferSameNode carries both kinds. */
  String hints(BackendSpec pod) {
    String zones = "forZones: [{name: " + pod.zone() + "}]";
    return switch (this) {
      case SAME_ZONE -> "{" + zones + "}";
      case SAME_NODE -> "{" + zones + ", forNodes: [{name: " + pod.node() + "}]}";
    };
  }
}

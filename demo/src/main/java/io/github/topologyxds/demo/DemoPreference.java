package io.github.topologyxds.demo;

/** What the demo's Service asks for. */
public enum DemoPreference {
  /** Nothing beside its trafficDistribution PreferSameZone: requests stay in their zone. */
  AS_WRITTEN("", "\n"),
  /** To be served from everywhere, hints or not. */
  NONE("none", "\n  annotations:\n    topology-xds.io/preference: none\n"),
  /** That near endpoints get no more than they can carry. */
  FAIR("", "\n  annotations:\n    topology-xds.io/balance: fair\n");

  private final String label;
  private final String yaml;

  DemoPreference(String label, String yaml) {
    this.label = label;
    this.yaml = yaml;
  }

  /** As written on the command line, "" for what nobody has to write. */
  public String label() {
    return label;
  }

  /** What follows the Service's name in its metadata. */
  String yaml() {
    return yaml;
  }
}

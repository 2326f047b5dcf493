package io.github.topologyxds.explanation;

import io.github.topologyxds.model.TrafficAnnotations;

/** An annotation {@code topology-xds.io/..} that says how traffic is spread. */
public enum SpreadAnnotation {
  FAILOVER("failover"),
  SPILL_BELOW("spill-below"),
  BALANCE("balance"),
  OVERLOAD_THRESHOLD("overload-threshold");

  private final String key;

  SpreadAnnotation(String key) {
    this.key = key;
  }

  /** Returns its name behind {@code topology-xds.io/}. */
  public String key() {
    return key;
  }

  /** Returns the same annotations with another value of this one. */
  TrafficAnnotations on(TrafficAnnotations asked, String value) {
    return switch (this) {
      case FAILOVER -> asked.withFailover(value);
      case SPILL_BELOW -> asked.withSpillBelow(value);
      case BALANCE -> asked.withBalance(value);
      case OVERLOAD_THRESHOLD -> asked.withOverloadThreshold(value);
    };
  }
}

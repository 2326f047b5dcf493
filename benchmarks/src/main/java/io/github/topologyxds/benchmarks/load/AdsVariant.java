package io.github.topologyxds.benchmarks.load;

/** The two ways to carry an aggregated stream. */
enum AdsVariant {
  DELTA("DeltaAggregatedResources"),
  SOTW("StreamAggregatedResources");

  private final String method;

  AdsVariant(String method) {
    this.method = method;
  }

  String path() {
    return "/envoy.service.discovery.v3.AggregatedDiscoveryService/" + method;
  }
}

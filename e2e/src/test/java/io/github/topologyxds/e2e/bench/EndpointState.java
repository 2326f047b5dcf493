package io.github.topologyxds.e2e.bench;

/** How a Pod stands in its EndpointSlice, as the real controller writes it. */
public enum EndpointState {
  /** The only state that gets hints. */
  READY("ready: true, serving: true, terminating: false"),
  UNREADY("ready: false, serving: false, terminating: false"),
  /** Shutting down, and still answering. */
  TERMINATING("ready: false, serving: true, terminating: true"),
  /** Not in the slice at all. */
  ABSENT("");

  private final String conditions;

  EndpointState(String conditions) {
    this.conditions = conditions;
  }

  String conditions() {
    return conditions;
  }
}

package io.github.topologyxds.demand;

/**
 * The connected clients.
 *
 * @param any those that may use any Service: they ask for all there are
 * @param choosing those that ask for the Services that they use, and for no others
 */
record ClientCounts(ZoneCounts any, ZoneCounts choosing) {
  static final ClientCounts NONE = new ClientCounts(ZoneCounts.NONE, ZoneCounts.NONE);

  boolean isNone() {
    return any.isNone() && choosing.isNone();
  }

  ClientCounts plus(ClientCounts other) {
    return new ClientCounts(any.plus(other.any), choosing.plus(other.choosing));
  }

  /** Returns when they were counted, in seconds since 1970. */
  long since() {
    return Math.max(any.since(), choosing.since());
  }
}

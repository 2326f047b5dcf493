package io.github.topologyxds.load;

/**
 * Load over some time.
 *
 * @param requests sent (TCP: connections)
 * @param errors answers of 5xx, and failed connections; these are no requests, so there may be more
 *     errors than requests
 * @param inFlightMillis requests under way, each times how long it was: divided by the time, how
 *     many there were on average
 */
public record LoadCounts(long requests, long errors, long inFlightMillis) {
  public static final LoadCounts NONE = new LoadCounts(0, 0, 0);

  /** Returns both together. */
  public LoadCounts plus(LoadCounts other) {
    return new LoadCounts(
        requests + other.requests, errors + other.errors, inFlightMillis + other.inFlightMillis);
  }

  boolean isNone() {
    return (requests | errors | inFlightMillis) == 0;
  }
}

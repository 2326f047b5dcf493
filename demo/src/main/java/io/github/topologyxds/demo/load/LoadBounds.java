package io.github.topologyxds.demo.load;

import java.time.Duration;

/**
 * When load ends: after so many requests or so much time, whatever comes first.
 *
 * @param requests in total, over all workers
 * @param concurrency workers, each with a connection of its own and one request at a time
 * @param pause of a worker before each request
 */
public record LoadBounds(long requests, int concurrency, Duration time, Duration pause) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Requests one after the other, without pauses. */
  public LoadBounds(long requests, int concurrency, Duration time) {
    this(requests, concurrency, time, Duration.ZERO);
  }

  /** So many requests, for a minute at the most. */
  public static LoadBounds of(long requests, int concurrency) {
    return new LoadBounds(requests, concurrency, MINUTE);
  }
}

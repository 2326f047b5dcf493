package io.github.topologyxds.api;

import java.time.Duration;
import java.util.List;

/**
 * How the server itself is.
 *
 * @param ready whether clients are answered
 * @param troubles what is waited for or stands in the way, a line for each
 * @param unconfirmed since when what the source told last may be untrue
 * @param stale whether that is longer than is usual: changes may be missing
 */
public record ServerStatus(
    boolean ready, List<String> troubles, Duration unconfirmed, boolean stale) {
  /** Copies what it is given. */
  public ServerStatus {
    troubles = List.copyOf(troubles);
  }
}

package io.github.topologyxds.source.snapshot;

import io.github.topologyxds.state.KeptState;
import java.time.Instant;

/**
 * A state on disk.
 *
 * @param uid of the cluster, "" where it could not be read
 * @param confirmed when the source was last known to say nothing else, in milliseconds since 1970
 */
record Snapshot(long confirmed, String uid, KeptState state) {
  Instant confirmedAt() {
    return Instant.ofEpochMilli(confirmed);
  }
}

package io.github.topologyxds.session.status;

import java.time.Instant;

/**
 * How far a client, or one resource type of it, has got. Never "stale" alone: it says since when.
 */
public sealed interface SyncState {
  /** It has asked for nothing. */
  record NotAsked() implements SyncState {}

  /** It has accepted what there is for it. */
  record Synced() implements SyncState {}

  /** Something newer is on its way, or due, since that moment. */
  record Waiting(Instant since, WaitsFor reason) implements SyncState {}

  /** It refuses what there is for it, since that moment, and keeps what it accepted before. */
  record Refused(Instant since) implements SyncState {}

  /** What a client that waits waits for. */
  enum WaitsFor {
    /** It was sent a response, and has not answered it. */
    ANSWER,
    /**
     * A response is due and not sent: it waits for room on the connection, for its turn, or for the
     * client's answers to other types.
     */
    SENDING
  }

  /** Returns how bad it is; greater is worse. */
  default int rank() {
    return switch (this) {
      case NotAsked n -> 0;
      case Synced s -> 1;
      case Waiting w -> 2;
      case Refused r -> 3;
    };
  }
}

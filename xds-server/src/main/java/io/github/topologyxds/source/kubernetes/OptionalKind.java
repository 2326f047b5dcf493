package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a kind that a cluster need not have is there. Without the kind, or the right to it, there
 * are none of its objects; it is asked for again, so that it is taken up when somebody brings it.
 *
 * <p>Objects that were known once do not vanish so easily: a right that is taken away says nothing
 * of them, and an API server that has just begun may answer 404 until it has read its own kinds.
 */
final class OptionalKind {
  private static final Logger LOG = LoggerFactory.getLogger(OptionalKind.class);

  /** How long it is left alone. Below the 40 s after which a collection counts as stale. */
  static final Duration AGAIN = Duration.ofSeconds(20);

  /** So many times in a row a kind that was there must be missing. */
  private static final int SURE = 5;

  private static final int MISSING = 404;
  private static final int FORBIDDEN = 403;

  private final FeedHealth health;
  private final Consumer<Observation> sink;

  // Owner: the reflector's thread.
  private boolean known;
  private boolean told;
  private int missing;

  /**
   * Asks nothing.
   *
   * @param sink is told that there are no objects
   */
  OptionalKind(FeedHealth health, Consumer<Observation> sink) {
    this.health = health;
    this.sink = sink;
  }

  /** The kind is there. */
  void listed() {
    known = true;
    told = false;
    missing = 0;
  }

  /** Whether an answer means that there is none: then it says so. */
  boolean isNone(ApiFailure failure) {
    if (!health.feed().watched().optional()) {
      return false;
    }
    missing = failure.status() == MISSING ? missing + 1 : 0;
    known &= missing < SURE;
    if (known || (failure.status() != MISSING && failure.status() != FORBIDDEN)) {
      return false;
    }
    if (!told) {
      told = true;
      LOG.info(
          "no {} is read: the API server {}; it is asked again every {} s",
          health.feed().kind().label(),
          failure.getMessage(),
          AGAIN.toSeconds());
    }
    sink.accept(new Observation.Listed(health.feed(), ResourceVersion.NONE, List.of()));
    health.synced();
    return true;
  }
}

package io.github.topologyxds.source.snapshot;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the last complete state is kept, and when it is served.
 *
 * @param after so long the source may take for its first complete state
 * @param maxAge an older state is not served: others have its addresses by now
 */
public record SnapshotSettings(Path folder, Duration after, Duration maxAge) {
  public static final Duration DEFAULT_AFTER = Duration.ofSeconds(20);
  public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(1);

  /** Clocks of machines differ, and are set; a state of later than this is of another time. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** Returns why a state that was confirmed then must not be served now; empty when it may. */
  Optional<String> objection(Instant confirmed, Instant now) {
    Duration age = Duration.between(confirmed, now);
    if (age.compareTo(SKEW.negated()) < 0) {
      return Optional.of("it is of " + confirmed + ", which is yet to come");
    }
    String allowed = maxAge.toString().substring(2).toLowerCase(Locale.ROOT);
    return age.compareTo(maxAge) > 0
        ? Optional.of(
            "it was confirmed at %s, which is longer ago than --snapshot-max-age %s allows"
                .formatted(confirmed, allowed))
        : Optional.empty();
  }
}

package io.github.topologyxds.cli;

import java.time.Duration;
import java.time.Instant;

/** How long something is ago, for people: {@code 2 s}, {@code 5 m}, {@code 3 h}, {@code 4 d}. */
final class Age {
  private Age() {}

  /** Returns the time from an instant until now; clocks of two machines may differ. */
  static String of(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.compareTo(Duration.ofMinutes(2)) < 0) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    if (age.compareTo(Duration.ofHours(2)) < 0) {
      return age.toMinutes() + " m";
    }
    return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " d";
  }
}

package io.github.topologyxds.topology.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How old the TCP connections of a Service become ({@code topology-xds.io/max-connection-age}): the
 * sidecar closes older ones, so that their clients connect again, near.
 *
 * @param label as users write it, such as {@code 10m}
 * @param seconds 0: as old as they like
 */
public record MaxConnectionAge(String label, int seconds) {
  /** As old as they like. */
  public static final MaxConnectionAge NONE = new MaxConnectionAge("", 0);

  /** What users may write. */
  static final String ALLOWED = "1s to 168h, such as 10m or 1h30m";

  private static final Pattern TIME =
      Pattern.compile("(?:([0-9]{1,3})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s)?");
  private static final Duration MAX = Duration.ofDays(7);

  /** Reads a user's value; empty for one that is not allowed. */
  public static Optional<MaxConnectionAge> parse(String value) {
    Matcher time = TIME.matcher(value);
    if (!time.matches()) {
      return Optional.empty();
    }
    Duration age =
        Duration.ofHours(part(time.group(1)))
            .plusMinutes(part(time.group(2)))
            .plusSeconds(part(time.group(3)));
    return age.isZero() || age.compareTo(MAX) > 0
        ? Optional.empty()
        : Optional.of(new MaxConnectionAge(value, Math.toIntExact(age.toSeconds())));
  }

  private static long part(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Returns whether there is an age. */
  public boolean limited() {
    return seconds > 0;
  }
}

package io.github.topologyxds.topology.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much more than the mean an endpoint of the client's own zone may carry where the balance is
 * fair ({@code topology-xds.io/overload-threshold}, {@code --overload-threshold}).
 *
 * @param percent 0 to 100
 */
public record OverloadThreshold(int percent) {
  /** Kubernetes' own for hints of topology-mode Auto (OverloadThreshold of topologycache.go). */
  public static final OverloadThreshold DEFAULT = new OverloadThreshold(20);

  private static final Pattern PERCENT = Pattern.compile("([0-9]|[1-9][0-9]|100)%");

  /** Reads a user's value, {@code 0%} to {@code 100%}; empty for anything else. */
  public static Optional<OverloadThreshold> parse(String value) {
    Matcher percent = PERCENT.matcher(value);
    return percent.matches()
        ? Optional.of(new OverloadThreshold(Integer.parseInt(percent.group(1))))
        : Optional.empty();
  }

  /** Returns the value as users write it. */
  public String label() {
    return percent + "%";
  }

  /** Returns the part, 0 to 1. */
  public double part() {
    return percent / 100.0;
  }
}

package io.github.topologyxds.topology.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Under which healthy share of a tier load leaves it ({@code topology-xds.io/spill-below}).
 *
 * @param label the share as users write it, such as {@code 50%}
 * @param overprovisioningFactor what Envoy multiplies the healthy share with, in percent: a tier of
 *     which the product is 100 or more keeps everything
 */
public record SpillBelow(String label, int overprovisioningFactor) {
  /** What Envoy does without being told: nothing of it is written into an assignment. */
  public static final SpillBelow ENVOYS_DEFAULT = new SpillBelow("71%", 140);

  private static final Pattern PERCENT = Pattern.compile("([1-9][0-9]?|100)%");
  private static final int WHOLE = 100 * 100;

  /**
   * Reads a user's value, {@code 1%} to {@code 100%}; empty for anything else. The factor is
   * rounded up, so that a tier with exactly this share keeps everything: with 140 of Envoy's
   * default, 71 of 100 hosts would lose a percent.
   */
  public static Optional<SpillBelow> parse(String value) {
    Matcher percent = PERCENT.matcher(value);
    if (!percent.matches()) {
      return Optional.empty();
    }
    int share = Integer.parseInt(percent.group(1));
    return Optional.of(new SpillBelow(value, (WHOLE + share - 1) / share));
  }
}

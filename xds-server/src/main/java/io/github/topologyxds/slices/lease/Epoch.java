package io.github.topologyxds.slices.lease;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A leader's term: which Lease, and how often that one has changed hands. Terms of two Leases
 * cannot be compared: one that was deleted and made again counts anew.
 *
 * @param lease the uid of the Lease
 * @param transitions its {@code leaseTransitions}
 */
public record Epoch(String lease, int transitions) {
  private static final Pattern TEXT = Pattern.compile("([^/]+)/([0-9]{1,10})");

  /** Reads what stands on a slice; empty when it says no term, or nonsense. */
  public static Optional<Epoch> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long transitions = Long.parseLong(parts.group(2));
    return transitions > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new Epoch(parts.group(1), (int) transitions));
  }

  /** Whether it is a later term of the same Lease; those of different Leases are not compared. */
  public boolean isLaterThan(Epoch other) {
    return lease.equals(other.lease) && transitions > other.transitions;
  }

  @Override
  public String toString() {
    return lease + "/" + transitions;
  }
}

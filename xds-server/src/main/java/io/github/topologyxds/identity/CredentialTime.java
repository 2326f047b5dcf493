package io.github.topologyxds.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a credential counts. The kubelet cannot renew a token while the API is away, so one that
 * ended during an outage counts on; one that had ended before does not, so that cutting us off
 * revives no stolen token.
 *
 * @param now the time
 * @param reachable when the API answered last
 */
record CredentialTime(Instant now, Instant reachable) {
  /** Clocks differ. */
  static final Duration SKEW = Duration.ofSeconds(60);

  /** Of an outage; then nothing that has ended counts any more. */
  static final Duration MAX_OUTAGE = Duration.ofHours(24);

  /** Returns why a credential does not count now; empty when it does. */
  Optional<AuthenticationFailure> refuses(Verdict.Validity validity) {
    if (validity.equals(Verdict.Validity.OF_CONNECTION)) {
      return Optional.empty();
    }
    if (!validity.from().equals(Instant.MIN) && now.isBefore(validity.from().minus(SKEW))) {
      return Optional.of(AuthenticationFailure.NOT_YET_VALID);
    }
    Instant end = validity.until().plus(SKEW);
    boolean endedInOutage = !end.isBefore(reachable) && !now.isAfter(end.plus(MAX_OUTAGE));
    return !now.isAfter(end) || endedInOutage
        ? Optional.empty()
        : Optional.of(AuthenticationFailure.EXPIRED);
  }
}

package io.github.topologyxds.identity;

import java.time.Duration;

/**
 * What a client is told, and when.
 *
 * @param verdict what its credential proves
 * @param after a client that comes back with what has just been refused is answered so late: an
 *     Envoy tries again 17 times in its first 38 s, and ten thousand of them would keep us busy
 */
public record Judgement(Verdict verdict, Duration after) {
  /** Returned at once. */
  static Judgement now(Verdict verdict) {
    return new Judgement(verdict, Duration.ZERO);
  }

  /** Refused at once. */
  static Judgement refused(AuthenticationFailure failure) {
    return now(new Verdict.Refused(failure));
  }
}

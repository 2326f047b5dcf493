package io.github.topologyxds.identity;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts credentials that were not believed, and claims that credentials disprove. Any thread. */
public final class AuthenticationMetrics {
  private final Map<AuthenticationFailure, LongAdder> failures =
      new EnumMap<>(AuthenticationFailure.class);
  private final LongAdder differingClaims = new LongAdder();

  /** Counts from 0. */
  public AuthenticationMetrics() {
    for (AuthenticationFailure failure : AuthenticationFailure.values()) {
      failures.put(failure, new LongAdder());
    }
  }

  /** A stream was refused or ended. */
  public void failed(AuthenticationFailure failure) {
    counter(failure).increment();
  }

  /** Returns how many streams were refused or ended for a reason. */
  public long failures(AuthenticationFailure failure) {
    return counter(failure).sum();
  }

  /** A client claims another Node or namespace than its credential proves. */
  public void claimDiffers() {
    differingClaims.increment();
  }

  /** Returns how many streams began with such a claim. */
  public long differingClaims() {
    return differingClaims.sum();
  }

  private LongAdder counter(AuthenticationFailure failure) {
    return failures.getOrDefault(failure, new LongAdder());
  }
}

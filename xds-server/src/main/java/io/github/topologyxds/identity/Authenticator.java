package io.github.topologyxds.identity;

import com.google.common.hash.HashCode;
import io.github.topologyxds.lifecycle.WorkerThread;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Judges who clients are. Signatures are verified on a thread of its own, as the event loops have
 * others waiting; what is known already is answered at once. Any thread.
 */
public final class Authenticator implements AutoCloseable {
  /** At 1.2 ms each (ES256) the last one waits 5 s. */
  private static final int MAX_WAITING = 4_096;

  private final AuthenticationMode mode;
  private final TokenRules rules;
  private final KeyRing keys;
  private final Clock clock;
  private final VerdictCache cache = new VerdictCache();
  private final Refusals refusals = new Refusals();
  private final ExecutorService verifier = WorkerThread.named("token-verifier", MAX_WAITING);

  /**
   * Judges by some keys.
   *
   * @param mode what becomes of a client that shows nothing
   */
  public Authenticator(AuthenticationMode mode, TokenRules rules, KeyRing keys, Clock clock) {
    this.mode = mode;
    this.rules = rules;
    this.keys = keys;
    this.clock = clock;
  }

  /** Judges what a client shows; never fails. */
  public CompletableFuture<Judgement> judge(Presented presented) {
    return switch (presented.authorization().size()) {
      case 0 -> CompletableFuture.completedFuture(withoutToken(presented));
      case 1 ->
          presented
              .token()
              .map(this::byToken)
              .orElseGet(() -> answered(Judgement.refused(AuthenticationFailure.MALFORMED)));
      default -> answered(Judgement.refused(AuthenticationFailure.SEVERAL));
    };
  }

  private Judgement withoutToken(Presented presented) {
    Optional<ClientIdentity> identity = presented.certificate().flatMap(SpiffeId::of);
    if (identity.isPresent()) {
      return Judgement.now(new Verdict.Verified(identity.get(), Verdict.Validity.OF_CONNECTION));
    }
    return switch (mode) {
      case NONE, OPTIONAL -> Judgement.now(new Verdict.Claimed());
      case REQUIRED ->
          again(
              VerdictCache.key(""),
              presented.certificate().isPresent()
                  ? AuthenticationFailure.CERTIFICATE
                  : AuthenticationFailure.MISSING);
    };
  }

  private Judgement again(HashCode what, AuthenticationFailure failure) {
    return judged(what, new Verdict.Refused(failure));
  }

  private Judgement judged(HashCode what, Verdict verdict) {
    Duration after =
        switch (verdict) {
          case Verdict.Refused(var failure) -> refusals.after(what, failure, clock.instant());
          case Verdict.Verified verified -> Duration.ZERO;
          case Verdict.Claimed claimed -> Duration.ZERO;
        };
    return new Judgement(verdict, after);
  }

  private CompletableFuture<Judgement> byToken(String token) {
    if (token.length() > TokenRules.MAX_CHARACTERS) {
      return answered(Judgement.refused(AuthenticationFailure.TOO_LONG));
    }
    KeyRing.State state = keys.state();
    if (state.keys().isEmpty()) {
      return answered(Judgement.refused(AuthenticationFailure.KEYS_NOT_READ));
    }
    SigningKeys current = state.keys().get();
    HashCode hash = VerdictCache.key(token);
    Optional<Verdict> known = cache.get(hash, state.keys(), clock.instant());
    if (known.isPresent()) {
      return answered(judged(hash, atThisTime(known.get())));
    }
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            Verdict verdict = rules.judge(token, current);
            cache.put(hash, verdict, Optional.of(current), clock.instant());
            return judged(hash, atThisTime(verdict));
          },
          verifier);
    } catch (RejectedExecutionException e) {
      return answered(Judgement.refused(AuthenticationFailure.BUSY));
    }
  }

  private static CompletableFuture<Judgement> answered(Judgement judgement) {
    return CompletableFuture.completedFuture(judgement);
  }

  private Verdict atThisTime(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified verified ->
          ended(verified.validity()).<Verdict>map(Verdict.Refused::new).orElse(verified);
      case Verdict.Refused refused -> refused;
      case Verdict.Claimed claimed -> claimed;
    };
  }

  /** Returns why a credential counts no more; empty while it does. */
  public Optional<AuthenticationFailure> ended(Verdict.Validity validity) {
    return new CredentialTime(clock.instant(), keys.state().reachable()).refuses(validity);
  }

  /** The cluster believes a token no more. */
  void revoke(String token, Verdict.Validity validity) {
    cache.revoke(
        VerdictCache.key(token),
        validity.until().plus(CredentialTime.SKEW).plus(CredentialTime.MAX_OUTAGE));
  }

  @Override
  public void close() {
    verifier.shutdownNow();
  }
}

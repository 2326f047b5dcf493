package io.github.topologyxds.identity;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Verdicts by the SHA-256 of their tokens, so that a fleet that comes back is not verified anew,
 * and that somebody who tries the same bad token again and again costs a hash. What was verified
 * with other keys than the current ones counts no more. Any thread.
 */
final class VerdictCache {
  /** About 5 MB. */
  private static final int MAX_ENTRIES = 20_000;

  /** A token that the same keys have refused stays refused; who shows none may show one. */
  static final Duration REFUSED_FOR = Duration.ofMinutes(10);

  private final Map<HashCode, Known> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HashCode, Known> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  private record Known(Verdict verdict, Instant until, Optional<SigningKeys> keys) {}

  static HashCode key(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
  }

  /** Returns what was found, if it still counts. */
  synchronized Optional<Verdict> get(HashCode token, Optional<SigningKeys> keys, Instant now) {
    Known entry = entries.get(token);
    if (entry == null || !now.isBefore(entry.until())) {
      return Optional.empty();
    }
    return entry.keys().isEmpty() || isSame(entry.keys(), keys)
        ? Optional.of(entry.verdict())
        : Optional.empty();
  }

  /** Keys that were read again are the same object, see {@link KeyRing}. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Optional<SigningKeys> one, Optional<SigningKeys> other) {
    return one.orElse(null) == other.orElse(null);
  }

  /** Keeps what was found with some keys. */
  synchronized void put(HashCode token, Verdict verdict, Optional<SigningKeys> keys, Instant now) {
    Instant until =
        switch (verdict) {
          case Verdict.Verified verified ->
              verified.validity().until().plus(CredentialTime.SKEW).plus(CredentialTime.MAX_OUTAGE);
          case Verdict.Refused refused -> now.plus(REFUSED_FOR);
          case Verdict.Claimed claimed -> now;
        };
    entries.put(token, new Known(verdict, until, keys));
  }

  /** The cluster has taken its word back: it is refused for good, whatever the keys. */
  synchronized void revoke(HashCode token, Instant until) {
    entries.put(
        token,
        new Known(new Verdict.Refused(AuthenticationFailure.REVOKED), until, Optional.empty()));
  }
}

package io.github.topologyxds.identity;

import com.google.common.hash.HashCode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has been refused of late. Who shows it again is answered late: Envoys that are refused come
 * back for ever. Any thread.
 */
final class Refusals {
  /**
   * Envoys come back 2.5 s later, on average, so 10,000 make 300 streams a second of this, and
   * 1,300 of 5 s ({@code benchmarks/run refused}).
   */
  static final Duration ANSWERED_AFTER = Duration.ofSeconds(30);

  /** About 2 MB. */
  private static final int MAX_ENTRIES = 20_000;

  private final Map<HashCode, Instant> until =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HashCode, Instant> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  /** Returns how late to refuse a credential now: at once the first time. */
  synchronized Duration after(HashCode credential, AuthenticationFailure failure, Instant now) {
    Instant known = until.get(credential);
    if (known == null || !now.isBefore(known)) {
      until.put(credential, now.plus(VerdictCache.REFUSED_FOR));
      return Duration.ZERO;
    }
    // A key that the cluster has just begun to use is known when the keys have been read again.
    return failure == AuthenticationFailure.KEY_UNKNOWN ? KeyRing.EVERY : ANSWERED_AFTER;
  }
}

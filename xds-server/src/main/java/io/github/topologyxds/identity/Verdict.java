package io.github.topologyxds.identity;

import java.time.Instant;

/** What a credential proves. */
public sealed interface Verdict {
  /**
   * The client is who it says.
   *
   * @param validity when the credential counts
   */
  record Verified(ClientIdentity identity, Validity validity) implements Verdict {}

  /** It proves nothing. */
  record Refused(AuthenticationFailure failure) implements Verdict {}

  /** Nothing was shown, and nothing is asked for: what the client says of itself counts. */
  record Claimed() implements Verdict {}

  /**
   * From when to when a credential counts.
   *
   * @param from a token's {@code nbf}
   * @param until a token's {@code exp}
   */
  record Validity(Instant from, Instant until) {
    /** For a certificate, which TLS has judged already: as long as its connection. */
    static final Validity OF_CONNECTION = new Validity(Instant.MIN, Instant.MAX);
  }
}

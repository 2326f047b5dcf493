package io.github.topologyxds.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client shows of itself when it opens a stream.
 *
 * @param authorization the values of its {@code authorization} headers
 * @param certificate that TLS has verified; empty without mTLS
 */
public record Presented(List<String> authorization, Optional<X509Certificate> certificate) {
  private static final String SCHEME = "bearer ";

  /** Returns the token of the only header; empty when there is none, or of another scheme. */
  public Optional<String> token() {
    return authorization.size() == 1 ? token(authorization.get(0)) : Optional.empty();
  }

  /** The scheme's name may be written in any case (RFC 6750, RFC 9110). */
  private static Optional<String> token(String header) {
    return header.length() > SCHEME.length()
            && header.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME)
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}

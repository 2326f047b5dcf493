package io.github.topologyxds.identity;

import java.util.Locale;

/**
 * Why a credential is not believed. The labels are values of {@code
 * topology_xds_auth_failures_total{reason}}, and stable.
 */
public enum AuthenticationFailure {
  MISSING("no credential: a Bearer token for the audience is required"),
  SEVERAL("more than one authorization header"),
  MALFORMED("the authorization header is no Bearer token"),
  TOO_LONG("the token has more than 8 KiB"),
  ALGORITHM("the token's algorithm is not one of RS256, ES256, ES384, ES512"),
  KEY_UNKNOWN("the cluster has no such signing key"),
  SIGNATURE("the signature is wrong"),
  ISSUER("the token is from another issuer"),
  AUDIENCE("the token is for another audience"),
  NOT_BOUND_TO_POD("the token is bound to no Pod"),
  NOT_YET_VALID("the token is not valid yet"),
  EXPIRED("the token has expired"),
  REVOKED("the cluster does not believe the token any more: is its Pod deleted?"),
  CERTIFICATE("the client certificate has no SPIFFE id spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT"),
  KEYS_NOT_READ("the cluster's signing keys are not known yet"),
  BUSY("too many tokens wait to be verified");

  private final String words;

  AuthenticationFailure(String words) {
    this.words = words;
  }

  /** Returns the value of the metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what is wrong, for the client and the log; never text of the credential. */
  public String words() {
    return words;
  }

  /** Returns true where it is our own state that keeps the client out: it shall come again. */
  public boolean passes() {
    return switch (this) {
      case KEYS_NOT_READ, BUSY -> true;
      case MISSING,
          SEVERAL,
          MALFORMED,
          TOO_LONG,
          ALGORITHM,
          KEY_UNKNOWN,
          SIGNATURE,
          ISSUER,
          AUDIENCE,
          NOT_BOUND_TO_POD,
          NOT_YET_VALID,
          EXPIRED,
          REVOKED,
          CERTIFICATE ->
          false;
    };
  }
}

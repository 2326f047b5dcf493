package io.github.topologyxds.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster signs its service accounts' tokens with.
 *
 * @param issuer claim {@code iss} of its tokens
 * @param keys public keys by {@code kid}
 */
public record SigningKeys(String issuer, JWKSet keys) {
  /**
   * Reads what the API server publishes at {@code /openid/v1/jwks}.
   *
   * @throws ParseException when it is no JSON Web Key Set (RFC 7517)
   */
  public static SigningKeys parse(String issuer, String jwks) throws ParseException {
    return new SigningKeys(issuer, JWKSet.parse(jwks).toPublicJWKSet());
  }

  @Nullable JWK key(String id) {
    return keys.getKeyByKeyId(id);
  }
}

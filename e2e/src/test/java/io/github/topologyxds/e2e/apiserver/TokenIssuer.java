package io.github.topologyxds.e2e.apiserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Signs the tokens of Pods' service accounts, publishes its key, and believes every token that it
 * is asked to review: otherwise as the API server of 1.36.3 does, whose claims were recorded.
 */
public final class TokenIssuer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  /** Null until somebody asks: making one takes a second, and few tests have tokens. */
  private @Nullable RSAKey key;

  private synchronized RSAKey key() {
    RSAKey made = key == null ? newKey("key-1") : key;
    key = made;
    return made;
  }

  private static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048)
          .keyID(id)
          .algorithm(JWSAlgorithm.RS256)
          .keyUse(KeyUse.SIGNATURE)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs with a new key from now on; what was signed before is not believed any more. */
  public synchronized void rotateTo(String keyId) {
    key = newKey(keyId);
  }

  /** Returns the token of a Pod's account {@code front} for the audience topology-xds. */
  public String podToken(String namespace, String pod, String node, Duration lifetime) {
    RSAKey signing = key();
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("topology-xds")
            .subject("system:serviceaccount:" + namespace + ":front")
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .claim(
                "kubernetes.io",
                Map.of(
                    "namespace", namespace,
                    "serviceaccount", named("front"),
                    "pod", named(pod),
                    "node", named(node)))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build(), claims);
    try {
      token.sign(new RSASSASigner(signing));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static Map<String, String> named(String name) {
    return Map.of("name", name, "uid", "uid-of-" + name);
  }

  Optional<Answer> answer(Request request) {
    return switch (request.path()) {
      case "/.well-known/openid-configuration" ->
          Optional.of(json(Map.of("issuer", ISSUER, "jwks_uri", "elsewhere")));
      case "/openid/v1/jwks" -> Optional.of(keys(request.header("Accept")));
      case "/apis/authentication.k8s.io/v1/tokenreviews" ->
          Optional.of(json(Map.of("status", Map.of("authenticated", true))));
      default -> Optional.empty();
    };
  }

  private static Answer json(Map<String, Object> fields) {
    return Answer.Content.json(200, JSON.writeValueAsBytes(fields));
  }

  private Answer keys(String accept) {
    return accept.contains("application/jwk-set+json")
        ? Answer.Content.json(
            200, new JWKSet(key()).toString(true).getBytes(StandardCharsets.UTF_8))
        : Answer.Content.text(406, "406: Not Acceptable\n");
  }
}

package io.github.topologyxds.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * An API server as far as tokens go: it signs them as Kubernetes 1.36.3 does (claims as recorded
 * there) and publishes its keys.
 */
public final class SigningCluster {
  public static final String ISSUER = "https://kubernetes.default.svc";

  /** When tokens are issued, unless told otherwise. */
  public static final Instant ISSUED = Instant.parse("2026-11-28T08:00:00Z");

  /** Making one takes a second on a slow machine. */
  private static final Map<String, JWK> MADE = new ConcurrentHashMap<>();

  private final List<JWK> keys = new ArrayList<>();

  /** One that signs with RSA, as kubeadm sets it up. */
  public SigningCluster() {
    rotateTo("key-1");
  }

  /** Signs with a new RSA key from now on, and publishes no other. */
  public void rotateTo(String id) {
    keys.clear();
    keys.add(MADE.computeIfAbsent(id, SigningCluster::key));
  }

  private static JWK key(String id) {
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

  /** Returns another cluster, whose keys have the same names. */
  static SigningCluster another() {
    SigningCluster other = new SigningCluster();
    other.keys.clear();
    other.keys.add(key("key-1"));
    return other;
  }

  /** Signs with a key on this curve from now on. */
  void rotateTo(Curve curve) throws JOSEException {
    keys.clear();
    keys.add(new ECKeyGenerator(curve).keyID("ec").generate());
  }

  /** Returns what {@code /openid/v1/jwks} answers. */
  public String jwks() {
    return new JWKSet(keys).toString(true);
  }

  /** Returns what the server reads of it. */
  public SigningKeys published() {
    return new SigningKeys(ISSUER, new JWKSet(keys).toPublicJWKSet());
  }

  /** Returns a token of a Pod, for an hour. */
  public String token(String namespace, String node) {
    return token(namespace, node, claims -> claims);
  }

  /** Returns one whose claims differ. */
  public String token(String namespace, String node, UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(change.apply(claims(namespace, node, ISSUED)).build());
  }

  /** Returns the claims of a Pod's token. */
  public static JWTClaimsSet.Builder claims(String namespace, String node, Instant issued) {
    Map<String, Object> bound = new HashMap<>();
    bound.put("namespace", namespace);
    bound.put("serviceaccount", named("front"));
    bound.put("pod", named("front-7c9"));
    bound.put("node", named(node));
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("topology-xds")
        .subject("system:serviceaccount:" + namespace + ":front")
        .issueTime(Date.from(issued))
        .notBeforeTime(Date.from(issued))
        .expirationTime(Date.from(issued.plusSeconds(3600)))
        .claim("kubernetes.io", bound);
  }

  static Map<String, Object> named(String name) {
    return Map.of("name", name, "uid", "uid-of-" + name);
  }

  /** Returns a token with these claims, signed. */
  public String sign(JWTClaimsSet claims) {
    try {
      return sign(claims, algorithm(), keys.get(0).getKeyID());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns one whose header says this, whatever it is signed with. */
  String sign(JWTClaimsSet claims, JWSAlgorithm algorithm, String keyId) throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
    jwt.sign(signer());
    return jwt.serialize();
  }

  private JWSAlgorithm algorithm() throws JOSEException {
    return keys.get(0) instanceof ECKey key
        ? ECDSA.resolveAlgorithm(key.getCurve())
        : JWSAlgorithm.RS256;
  }

  private JWSSigner signer() throws JOSEException {
    return switch (keys.get(0)) {
      case RSAKey key -> new RSASSASigner(key);
      case ECKey key -> new ECDSASigner(key);
      default -> throw new IllegalStateException("no such key");
    };
  }
}

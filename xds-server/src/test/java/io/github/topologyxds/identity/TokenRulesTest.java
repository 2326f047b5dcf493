package io.github.topologyxds.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token must be, and what forged ones look like. */
class TokenRulesTest {
  private static final TokenRules RULES = new TokenRules("topology-xds");
  private static final SigningCluster CLUSTER = new SigningCluster();

  private final SigningCluster cluster = CLUSTER;

  @Test
  void aPodsTokenProvesItsNamespaceAccountPodAndNode() {
    Verdict verdict = RULES.judge(cluster.token("shop", "node-a1"), cluster.published());
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Verified(
                new ClientIdentity(
                    ClientIdentity.Source.TOKEN, "shop", "front", "front-7c9", "node-a1"),
                new Verdict.Validity(
                    SigningCluster.ISSUED, SigningCluster.ISSUED.plusSeconds(3600))));
  }

  /** External signers use them too (KEP-740). */
  @ParameterizedTest
  @MethodSource("curves")
  void ellipticCurvesAreVerifiedAsWell(Curve curve) throws Exception {
    SigningCluster elliptic = new SigningCluster();
    elliptic.rotateTo(curve);
    assertThat(RULES.judge(elliptic.token("shop", "node-a1"), elliptic.published()))
        .isInstanceOf(Verdict.Verified.class);
  }

  private static Stream<Curve> curves() {
    return Stream.of(Curve.P_256, Curve.P_384, Curve.P_521);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void isNotBelieved(String what, String token, AuthenticationFailure failure) {
    assertThat(RULES.judge(token, cluster.published())).isEqualTo(new Verdict.Refused(failure));
  }

  private static Stream<Arguments> forgeries() throws Exception {
    SigningCluster other = SigningCluster.another();
    JWTClaimsSet good = SigningCluster.claims("shop", "node-a1", SigningCluster.ISSUED).build();
    String token = CLUSTER.sign(good);
    String[] parts = token.split("\\.", -1);
    return Stream.of(
        Arguments.of("signed by somebody else", other.sign(good), AuthenticationFailure.SIGNATURE),
        Arguments.of(
            "other claims under a good signature",
            parts[0] + "." + CLUSTER.token("pay", "node-a1").split("\\.", -1)[1] + "." + parts[2],
            AuthenticationFailure.SIGNATURE),
        Arguments.of("alg none", new PlainJWT(good).serialize(), AuthenticationFailure.MALFORMED),
        Arguments.of(
            "alg none, as a signed one",
            base64("{\"alg\":\"none\",\"kid\":\"key-1\"}") + "." + parts[1] + ".",
            AuthenticationFailure.MALFORMED),
        Arguments.of("HMAC with the public key", hmac(parts[1]), AuthenticationFailure.ALGORITHM),
        Arguments.of(
            "the key of another algorithm",
            base64("{\"alg\":\"ES256\",\"kid\":\"key-1\"}") + "." + parts[1] + "." + parts[2],
            AuthenticationFailure.SIGNATURE),
        Arguments.of(
            "a key that the cluster has not",
            CLUSTER.sign(good, JWSAlgorithm.RS256, "key-0"),
            AuthenticationFailure.KEY_UNKNOWN),
        Arguments.of(
            "another audience",
            changed(c -> c.audience("https://kubernetes.default.svc")),
            AuthenticationFailure.AUDIENCE),
        Arguments.of(
            "no audience", changed(c -> c.audience((String) null)), AuthenticationFailure.AUDIENCE),
        Arguments.of(
            "another issuer",
            changed(c -> c.issuer("https://evil.example")),
            AuthenticationFailure.ISSUER),
        Arguments.of(
            "bound to a Node, as anybody gets it who may create serviceaccounts/token",
            changed(c ->
                c.claim(
                    "kubernetes.io",
                    Map.of(
                        "namespace", "shop",
                        "serviceaccount", SigningCluster.named("front"),
                        "node", SigningCluster.named("node-b1")))),
            AuthenticationFailure.NOT_BOUND_TO_POD),
        Arguments.of(
            "without an end",
            changed(c -> c.expirationTime(null)),
            AuthenticationFailure.MALFORMED),
        Arguments.of(
            "of no Kubernetes",
            changed(c -> c.claim("kubernetes.io", null)),
            AuthenticationFailure.MALFORMED),
        Arguments.of(
            "claims of other types",
            changed(c -> c.claim("kubernetes.io", List.of("shop"))),
            AuthenticationFailure.MALFORMED),
        Arguments.of("no token", "hello", AuthenticationFailure.MALFORMED),
        Arguments.of("9 kB", "x".repeat(9_000), AuthenticationFailure.TOO_LONG));
  }

  private static String changed(UnaryOperator<JWTClaimsSet.Builder> change) {
    return CLUSTER.token("shop", "node-a1", change);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The classic: a public key is no secret, so whoever takes it for one believes anybody. */
  private static String hmac(String claims) throws Exception {
    String signed = base64("{\"alg\":\"HS256\",\"kid\":\"key-1\"}") + "." + claims;
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = CLUSTER.published().keys().toString().getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }
}

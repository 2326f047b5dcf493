package io.github.topologyxds.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.tls.TestAuthority;
import io.netty.pkitesting.CertificateBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of clients by mode, and what becomes of those that come back. */
class AuthenticatorTest {
  private final TestAuthentication required = new TestAuthentication(AuthenticationMode.REQUIRED);

  @AfterEach
  void close() {
    required.close();
  }

  @Test
  void whoShowsNothingIsRefusedOrClaims() throws Exception {
    Presented nothing = new Presented(List.of(), Optional.empty());
    assertThat(judge(required, nothing).verdict())
        .isEqualTo(new Verdict.Refused(AuthenticationFailure.MISSING));
    try (TestAuthentication optional = new TestAuthentication(AuthenticationMode.OPTIONAL)) {
      assertThat(judge(optional, nothing).verdict()).isEqualTo(new Verdict.Claimed());
      assertThat(judge(optional, bearer("forged")).verdict())
          .isEqualTo(new Verdict.Refused(AuthenticationFailure.MALFORMED));
    }
  }

  /** Ten thousand refused Envoys would otherwise open 4,500 streams a second. */
  @Test
  void whoIsRefusedAgainIsAnsweredLater() throws Exception {
    Presented forged = bearer("forged");
    assertThat(judge(required, forged).after()).isZero();
    assertThat(judge(required, forged).after()).isEqualTo(Refusals.ANSWERED_AFTER);
    Presented nothing = new Presented(List.of(), Optional.empty());
    assertThat(judge(required, nothing).after()).isZero();
    assertThat(judge(required, nothing).after()).isEqualTo(Refusals.ANSWERED_AFTER);
  }

  @Test
  void aRefusedTokenIsJudgedAnewAfterAWhile() throws Exception {
    Presented forged = bearer("forged");
    judge(required, forged);
    required.clock.pass(VerdictCache.REFUSED_FOR.minusSeconds(1));
    assertThat(judge(required, forged).after()).isPositive();
    required.clock.pass(Duration.ofSeconds(1));
    assertThat(judge(required, forged).after()).isZero();
  }

  /** A key that the cluster begins to use lets in at once who was refused for want of it. */
  @Test
  void aRefusedTokenIsJudgedAnewWithOtherKeys() throws Exception {
    required.cluster.rotateTo("key-2");
    Presented early = bearer(required.cluster.token("shop", "node-a"));
    assertThat(judge(required, early).verdict())
        .isEqualTo(new Verdict.Refused(AuthenticationFailure.KEY_UNKNOWN));
    assertThat(judge(required, early).after()).isEqualTo(KeyRing.EVERY);
    required.readKeys();
    assertThat(judge(required, early).verdict()).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void whatIsKnownIsAnsweredAtOnce() throws Exception {
    Presented good = bearer(required.cluster.token("shop", "node-a"));
    judge(required, good);
    assertThat(required.authenticator.judge(good)).isCompleted();
  }

  @Test
  void theSchemeIsWrittenInAnyCase() throws Exception {
    String token = required.cluster.token("shop", "node-a");
    Presented odd = new Presented(List.of("bEARER " + token), Optional.empty());
    assertThat(judge(required, odd).verdict()).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void aTokenIsNotValidYet() throws Exception {
    String token =
        required.cluster.sign(
            SigningCluster.claims("shop", "node-a", SigningCluster.ISSUED.plusSeconds(600))
                .build());
    assertThat(judge(required, bearer(token)).verdict())
        .isEqualTo(new Verdict.Refused(AuthenticationFailure.NOT_YET_VALID));
  }

  @ParameterizedTest
  @CsvSource({
    "spiffe://cluster.local/ns/shop/sa/front, ''",
    "spiffe://cluster.local/ns/shop/sa/front/node/node-a1, node-a1"
  })
  void aCertificateProvesTheAccountAndPerhapsTheNode(String id, String node) throws Exception {
    assertThat(judge(required, certificate(id)).verdict())
        .isEqualTo(
            new Verdict.Verified(
                new ClientIdentity(ClientIdentity.Source.CERTIFICATE, "shop", "front", "", node),
                Verdict.Validity.OF_CONNECTION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiffe://cluster.local/shop/front",
        "spiffe://cluster.local/ns/shop/sa/front/node/",
        "spiffe://cluster.local/ns/shop/sa/front/extra",
        "https://cluster.local/ns/shop/sa/front",
        "spiffe://cluster.local/ns/sh_op/sa/front"
      })
  void otherIdsProveNothing(String id) throws Exception {
    assertThat(judge(required, certificate(id)).verdict())
        .isEqualTo(new Verdict.Refused(AuthenticationFailure.CERTIFICATE));
  }

  @Test
  void twoIdsAreNone() throws Exception {
    assertThat(
            judge(
                    required,
                    certificate("spiffe://a/ns/shop/sa/front", "spiffe://a/ns/pay/sa/front"))
                .verdict())
        .isEqualTo(new Verdict.Refused(AuthenticationFailure.CERTIFICATE));
  }

  /** What is worse than none is not mended by another. */
  @Test
  void aBadTokenIsRefusedBesideAGoodCertificate() throws Exception {
    Presented both =
        new Presented(
            List.of("Bearer forged"), certificate("spiffe://a/ns/shop/sa/front").certificate());
    assertThat(judge(required, both).verdict())
        .isEqualTo(new Verdict.Refused(AuthenticationFailure.MALFORMED));
  }

  private static Presented certificate(String... ids) throws Exception {
    CertificateBuilder builder =
        new CertificateBuilder().subject("CN=envoy").addExtendedKeyUsageClientAuth().ecp256();
    for (String id : ids) {
      builder.addSanUriName(id);
    }
    X509Certificate certificate = new TestAuthority("ca").issue(builder).getCertificate();
    return new Presented(List.of(), Optional.of(certificate));
  }

  private static Presented bearer(String token) {
    return new Presented(List.of("Bearer " + token), Optional.empty());
  }

  private static Judgement judge(TestAuthentication who, Presented presented) throws Exception {
    return who.authenticator.judge(presented).get(10, TimeUnit.SECONDS);
  }
}

package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.identity.AuthenticationFailure;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.identity.Authenticator;
import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.identity.CredentialWatch;
import io.github.topologyxds.identity.Judgement;
import io.github.topologyxds.identity.KeyRing;
import io.github.topologyxds.identity.Presented;
import io.github.topologyxds.identity.TokenRules;
import io.github.topologyxds.identity.Verdict;
import io.github.topologyxds.kubernetes.ApiSigningKeys;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens that a real API server has signed: who they prove, and until when. */
@Tag("real-cluster")
class RealClusterTokensTest {
  private static final String AUDIENCE = "topology-xds";
  private static final long SECONDS = 3600;

  private final Path kubeconfig = RealCluster.kubeconfig();

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void aPodsTokenProvesItsNodeUntilThePodIsDeleted() throws Exception {
    Clock clock = Clock.systemUTC();
    try (ClusterReader reader = new ClusterReader(kubeconfig);
        TestObjects objects = new TestObjects(reader.client(), namespace);
        KubernetesAccess access = KubernetesAccess.open(kubeconfig, null)) {
      objects.namespace();
      ApiSigningKeys api = new ApiSigningKeys(access.api(), AUDIENCE);
      KubernetesClient client = reader.client();
      Pod pod = TokenPod.create(client, namespace, "node-of-test");
      try (KeyRing keys = KeyRing.follow(api, clock);
          Authenticator authenticator =
              new Authenticator(
                  AuthenticationMode.REQUIRED, new TokenRules(AUDIENCE), keys, clock)) {
        Wait.until("the keys are read").until(() -> keys.waitsFor().isEmpty());
        String token = AccountTokens.ofPod(client, pod, AUDIENCE, SECONDS);
        Judgement judgement = judge(authenticator, token);
        assertThat(judgement.verdict()).isInstanceOf(Verdict.Verified.class);
        Verdict.Verified verified = (Verdict.Verified) judgement.verdict();
        assertThat(verified.identity())
            .isEqualTo(
                new ClientIdentity(
                    ClientIdentity.Source.TOKEN, namespace, "front", "front-1", "node-of-test"));
        assertThat(
                judge(authenticator, AccountTokens.unbound(client, namespace, "front", AUDIENCE))
                    .verdict())
            .isEqualTo(new Verdict.Refused(AuthenticationFailure.NOT_BOUND_TO_POD));
        assertThat(
                judge(authenticator, AccountTokens.ofPod(client, pod, "another", SECONDS))
                    .verdict())
            .isEqualTo(new Verdict.Refused(AuthenticationFailure.AUDIENCE));

        assertThat(api.believes(token)).contains(true);
        client.pods().inNamespace(namespace).withName("front-1").withGracePeriod(0).delete();
        BlockingQueue<AuthenticationFailure> ends = new LinkedBlockingQueue<>();
        try (CredentialWatch watch = new CredentialWatch(authenticator, api, clock)) {
          // The API server keeps what it has believed for 10 s.
          Wait.until("the API server believes it no more")
              .atMost(Duration.ofSeconds(60))
              .until(() -> api.believes(token).equals(Optional.of(false)));
          watch.opened(ends::add, token, verified.validity());
          assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(AuthenticationFailure.REVOKED);
        }
        assertThat(judge(authenticator, token).verdict())
            .isEqualTo(new Verdict.Refused(AuthenticationFailure.REVOKED));
      }
    }
  }

  private static Judgement judge(Authenticator authenticator, String token) throws Exception {
    return authenticator
        .judge(new Presented(List.of("Bearer " + token), Optional.empty()))
        .get(10, TimeUnit.SECONDS);
  }
}

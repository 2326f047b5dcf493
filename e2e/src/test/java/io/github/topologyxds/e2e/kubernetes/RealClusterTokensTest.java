package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.e2e.bench.Wait;
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
import java.util.Objects;
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

  private final Path kubeconfig =
      Path.of(
          Objects.requireNonNull(
              System.getenv("TOPOLOGY_XDS_TEST_KUBECONFIG"),
              "set TOPOLOGY_XDS_TEST_KUBECONFIG to the kubeconfig of a cluster for tests"));

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
      Pod pod = pod(client);
      try (KeyRing keys = KeyRing.follow(api, clock);
          Authenticator authenticator =
              new Authenticator(
                  AuthenticationMode.REQUIRED, new TokenRules(AUDIENCE), keys, clock)) {
        Wait.until("the keys are read").until(() -> keys.waitsFor().isEmpty());
        String token = token(client, AUDIENCE, bound("Pod", pod));
        Judgement judgement = judge(authenticator, token);
        assertThat(judgement.verdict()).isInstanceOf(Verdict.Verified.class);
        Verdict.Verified verified = (Verdict.Verified) judgement.verdict();
        assertThat(verified.identity())
            .isEqualTo(
                new ClientIdentity(
                    ClientIdentity.Source.TOKEN, namespace, "front", "front-1", "node-of-test"));
        assertThat(judge(authenticator, token(client, AUDIENCE, "")).verdict())
            .isEqualTo(new Verdict.Refused(AuthenticationFailure.NOT_BOUND_TO_POD));
        assertThat(judge(authenticator, token(client, "another", bound("Pod", pod))).verdict())
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

  private Pod pod(KubernetesClient client) {
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("front").endMetadata().build())
        .create();
    return client
        .pods()
        .inNamespace(namespace)
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("front-1")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("front")
                .withNodeName("node-of-test")
                .addNewContainer()
                .withName("app")
                .withImage("registry.example.com/app")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private static String bound(String kind, Pod pod) {
    return kind + "/" + pod.getMetadata().getName() + "/" + pod.getMetadata().getUid();
  }

  /** Asks for a token as the kubelet does; {@code to} is "" or KIND/NAME/UID. */
  private String token(KubernetesClient client, String audience, String to) {
    TokenRequestBuilder request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience)
            .withExpirationSeconds(3600L)
            .endSpec();
    if (!to.isEmpty()) {
      List<String> object = List.of(to.split("/", -1));
      request
          .editSpec()
          .withNewBoundObjectRef("v1", object.get(0), object.get(1), object.get(2))
          .endSpec();
    }
    TokenRequest answer =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName("front")
            .tokenRequest(request.build());
    return answer.getStatus().getToken();
  }

  private static Judgement judge(Authenticator authenticator, String token) throws Exception {
    return authenticator
        .judge(new Presented(List.of("Bearer " + token), Optional.empty()))
        .get(10, TimeUnit.SECONDS);
  }
}

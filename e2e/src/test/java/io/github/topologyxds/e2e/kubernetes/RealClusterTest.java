package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same scenarios against the cluster that {@code TOPOLOGY_XDS_TEST_KUBECONFIG} leads to, and
 * what only a real one has: controllers that write slices, and RBAC. A kube-apiserver with etcd and
 * a kube-controller-manager is enough; no kubelet is needed.
 */
@Tag("real-cluster")
class RealClusterTest extends ClusterScenarios {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Path DEPLOYMENT = Path.of("..", "deploy", "deployment.yaml");

  @TempDir private Path folder = Path.of("");

  @Override
  Path kubeconfig(Path into) {
    return RealCluster.kubeconfig();
  }

  /** Against the substitute ApiSilenceTest waits for the same limit. */
  @Test
  void aPartitionIsNoticedAndMadeUpFor() throws Exception {
    objects().service("gone", "");
    try (LiveBench bench = bench()) {
      awaitInSync(bench);
      pipe().hang();
      objects().delete("Service", "gone");
      objects().slice("web", "web-b", "zone-b", "10.77.1.9");
      Wait.until("the silence is noticed")
          .atMost(Duration.ofSeconds(45))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() -> assertThat(bench.admin("/readyz").body()).contains("stale: "));
      assertThat(bench.admin("/readyz").statusCode()).isEqualTo(200);
      pipe().flow();
      awaitInSync(bench);
      bench.assertNeverEmpty(namespace() + "/web:http");
    }
  }

  /** Pods that no kubelet runs: the controllers only look at their spec and status. */
  @Test
  void podsBecomeEndpointsWithHints() throws Exception {
    objects().node(near() + "b", "zone-b");
    objects()
        .raw(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: pods}
            spec:
              selector: {app: pods}
              trafficDistribution: PreferSameZone
              ports: [{name: http, port: 80, targetPort: 8080}]
            """);
    Wait.until("the namespace's service account")
        .untilAsserted(() ->
            assertThat(
                    client().serviceAccounts().inNamespace(namespace()).withName("default").get())
                .isNotNull());
    pod("pod-1", near(), "10.88.0.1");
    pod("pod-2", near() + "b", "10.88.1.1");
    String cluster = namespace() + "/pods:http";
    try (LiveBench bench = bench()) {
      Wait.until("both, the near one first")
          .untilAsserted(() ->
              assertThat(String.valueOf(bench.clusters().get(cluster)))
                  .isEqualTo(
                      "[P0 10.88.0.1:8080 zone-a HEALTHY, P1 10.88.1.1:8080 zone-b HEALTHY]"));
      assertThat(
              client()
                  .discovery()
                  .v1()
                  .endpointSlices()
                  .inNamespace(namespace())
                  .withLabel("kubernetes.io/service-name", "pods")
                  .list()
                  .getItems())
          .allSatisfy(slice ->
              assertThat(slice.getEndpoints())
                  .allSatisfy(endpoint -> assertThat(endpoint.getHints()).isNotNull()));
      client().pods().inNamespace(namespace()).withName("pod-1").withGracePeriod(0).delete();
      Wait.until("the far one is left")
          .untilAsserted(() ->
              assertThat(String.valueOf(bench.clusters().get(cluster)))
                  .isEqualTo("[P0 10.88.1.1:8080 zone-b HEALTHY]"));
    } finally {
      // No kubelet confirms that it has ended, and the Namespace would wait for that.
      client().pods().inNamespace(namespace()).withGracePeriod(0).delete();
    }
  }

  private void pod(String name, String node, String ip) {
    objects()
        .raw(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, labels: {app: pods}}
            spec:
              nodeName: %s
              automountServiceAccountToken: false
              containers: [{name: main, image: none}]
            """
                .formatted(name, node));
    client()
        .pods()
        .inNamespace(namespace())
        .withName(name)
        .editStatus(pod -> {
          pod.setStatus(
              YAML.unmarshal(
                  """
                  phase: Running
                  podIP: %1$s
                  podIPs: [{ip: %1$s}]
                  conditions: [{type: Ready, status: "True"}]
                  """
                      .formatted(ip),
                  io.fabric8.kubernetes.api.model.PodStatus.class));
          return pod;
        });
  }

  /** The shipped role is enough for everything, Events included, and gives nothing else. */
  @Test
  void theShippedRoleIsEnough() throws Exception {
    try (ShippedRole role = new ShippedRole(client(), namespace(), folder)) {
      objects().service("odd", "topology-xds.io/preference: nearby");
      try (LiveBench bench = LiveBench.start(role.kubeconfig(), near())) {
        Wait.until("Envoy has the Service")
            .untilAsserted(
                () -> assertThat(bench.clusters()).containsKey(namespace() + "/web:http"));
        Wait.until("the Event")
            .untilAsserted(() ->
                assertThat(client().v1().events().inNamespace(namespace()).list().getItems())
                    .extracting(event -> event.getReason())
                    .contains("PREFERENCE_INVALID"));
        assertThat(bench.admin("/readyz").body()).isEqualTo("ok\n");
      }
      assertThat(role.rights()).isEqualTo(role.granted());
      assertForbidden(() -> role.client().pods().inNamespace(namespace()).list());
      assertForbidden(() -> role.client().secrets().inNamespace(namespace()).list());
      assertForbidden(() -> role.client().v1().events().inNamespace(namespace()).list());
      assertForbidden(
          () -> role.client().services().inNamespace(namespace()).withName("web").delete());
      assertForbidden(() ->
          role.client()
              .discovery()
              .v1()
              .endpointSlices()
              .inNamespace(namespace())
              .withName("web-a")
              .delete());
    }
  }

  private static void assertForbidden(ThrowableAssert.ThrowingCallable request) {
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(request)
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(403));
  }

  /** Where only restricted Pods are let in, the shipped one is. */
  @Test
  void theShippedPodIsRestricted() throws Exception {
    client()
        .namespaces()
        .withName(namespace())
        .edit(n ->
            new NamespaceBuilder(n)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
    objects()
        .raw(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: topology-xds}
            """);
    Deployment deployment = YAML.unmarshal(Files.readString(DEPLOYMENT), Deployment.class);
    Pod pod = new Pod();
    pod.setMetadata(
        new ObjectMetaBuilder(deployment.getSpec().getTemplate().getMetadata())
            .withName("topology-xds")
            .withNamespace(namespace())
            .build());
    pod.setSpec(deployment.getSpec().getTemplate().getSpec());
    assertThat(client().resource(pod).dryRun(true).create().getSpec().getContainers()).hasSize(1);
    pod.getSpec().getContainers().getFirst().setSecurityContext(null);
    assertThatExceptionOfType(KubernetesClientException.class)
        .as("somebody looks at it")
        .isThrownBy(() -> client().resource(pod).dryRun(true).create())
        .withMessageContaining("violates PodSecurity");
  }
}

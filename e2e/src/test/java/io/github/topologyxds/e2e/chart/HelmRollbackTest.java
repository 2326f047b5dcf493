package io.github.topologyxds.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.programs.GoProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code helm rollback} by the command itself, which the library that the other tests use lacks: it
 * is built with Go. The API server is a real one ({@code TOPOLOGY_XDS_TEST_KUBECONFIG}).
 */
@Tag("real-cluster")
class HelmRollbackTest {
  private static final String HELM = "helm.sh/helm/v4/cmd/helm@v4.3.1";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Every value that brings objects, but the kinds: those are one for the whole cluster. */
  private static final String CHANGED =
      " --set replicas=3 --set visibleTo=. --set demand=clients --set podDisruptionBudget.enabled=false"
          + " --set zonalShift.enabled=true --set zonalShift.kind=false"
          + " --set slices.enabled=true --set slices.externalWorkloadKind=false";

  private static final List<Class<? extends HasMetadata>> OF_A_NAMESPACE =
      List.of(
          ConfigMap.class,
          Deployment.class,
          NetworkPolicy.class,
          PodDisruptionBudget.class,
          Role.class,
          RoleBinding.class,
          Secret.class,
          Service.class,
          ServiceAccount.class);

  private static final List<Class<? extends HasMetadata>> OF_THE_CLUSTER =
      List.of(ClusterRole.class, ClusterRoleBinding.class);

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);
  private final Path kubeconfig = RealCluster.kubeconfig();
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();

  @BeforeEach
  void make() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterEach
  void remove() {
    OF_THE_CLUSTER.forEach(kind -> ours(kind).forEach(found -> client.resource(found).delete()));
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  @Test
  void theObjectsOfTheFirstRevisionAreBackAndNothingElse() throws Exception {
    helm("install topology-xds CHART --set tls.secretName=a --set replicas=2");
    Map<String, String> first = objects();
    assertThat(first.keySet()).contains("PodDisruptionBudget topology-xds").hasSize(7);
    Map<String, String> served = written();

    helm("upgrade topology-xds CHART --reuse-values" + CHANGED);
    assertThat(objects().keySet())
        .contains(
            "Role topology-xds-demand",
            "Role topology-xds-slices",
            "ClusterRole topology-xds-slices." + namespace)
        .doesNotContain("PodDisruptionBudget topology-xds");
    assertThat(helm("get values topology-xds")).contains("demand: clients");

    helm("rollback topology-xds 1");
    Map<String, String> back = objects();
    assertThat(back.keySet()).as("none is left, none is lost").isEqualTo(first.keySet());
    // Deleted by the upgrade, so it is another one.
    String budget = "PodDisruptionBudget topology-xds";
    assertThat(spec(back, budget)).isEqualTo(spec(first, budget));
    first.remove(budget);
    back.remove(budget);
    assertThat(back).as("and none was made anew").isEqualTo(first);
    assertThat(found(List.of(Lease.class, EndpointSlice.class))).containsAllEntriesOf(served);
    assertThat(helm("get values topology-xds")).doesNotContain("demand:");
    assertThat(statuses()).containsExactly("superseded", "superseded", "deployed");

    helm("upgrade topology-xds CHART --reuse-values --set visibleTo=.");
    assertThat(objects().keySet()).contains(budget).doesNotContain("Role topology-xds-demand");
    helm("uninstall topology-xds");
    assertThat(objects()).isEmpty();
    assertThat(found(List.of(Lease.class, EndpointSlice.class))).containsAllEntriesOf(served);
  }

  /** What a server writes while it runs, which is no part of the release. */
  private Map<String, String> written() {
    client
        .resource(
            """
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: topology-xds, namespace: %s}
            spec: {holderIdentity: topology-xds-0}
            """
                .formatted(namespace))
        .create();
    client
        .resource(
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: topology-xds-web-1
              namespace: %s
              labels: {endpointslice.kubernetes.io/managed-by: topology-xds-controller}
            addressType: IPv4
            endpoints: [{addresses: [10.77.0.1]}]
            """
                .formatted(namespace))
        .create();
    Map<String, String> written = found(List.of(Lease.class, EndpointSlice.class));
    // The Service's own slices are the cluster's, and come when they come.
    written.keySet().retainAll(List.of("Lease topology-xds", "EndpointSlice topology-xds-web-1"));
    assertThat(written).hasSize(2);
    return written;
  }

  /** What there is of the release, by kind and name: uid, labels, annotations and contents. */
  private Map<String, String> objects() {
    Map<String, String> all = found(OF_A_NAMESPACE);
    all.putAll(found(OF_THE_CLUSTER));
    return all;
  }

  private Map<String, String> found(List<Class<? extends HasMetadata>> kinds) {
    Map<String, String> found = new TreeMap<>();
    for (Class<? extends HasMetadata> kind : kinds) {
      for (HasMetadata object : ours(kind)) {
        found.put(object.getKind() + " " + object.getMetadata().getName(), contents(object));
      }
    }
    return found;
  }

  private <T extends HasMetadata> List<T> ours(Class<T> kind) {
    Stream<T> all =
        OF_THE_CLUSTER.contains(kind)
            ? client.resources(kind).list().getItems().stream()
                .filter(object -> object.getMetadata().getName().endsWith("." + namespace))
            : client.resources(kind).inNamespace(namespace).list().getItems().stream();
    return all.filter(object -> object.getMetadata().getName().startsWith("topology-xds")).toList();
  }

  private String contents(HasMetadata object) {
    ObjectNode json =
        (ObjectNode) JSON.readTree(client.getKubernetesSerialization().asJson(object));
    json.remove("status");
    ObjectNode metadata = (ObjectNode) json.path("metadata");
    metadata.remove(List.of("managedFields", "resourceVersion", "generation"));
    if (metadata.path("annotations") instanceof ObjectNode annotations) {
      // Counts the templates that there were.
      annotations.remove("deployment.kubernetes.io/revision");
    }
    return json.toString();
  }

  private static String spec(Map<String, String> objects, String name) {
    return JSON.readTree(Objects.requireNonNull(objects.get(name))).path("spec").toString();
  }

  private List<String> statuses() throws Exception {
    List<String> statuses = new ArrayList<>();
    JSON.readTree(helm("history topology-xds -o json"))
        .forEach(revision -> statuses.add(revision.path("status").asString()));
    return statuses;
  }

  private String helm(String line) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(line.replace("CHART", RenderedChart.CHART.toString()).split("\\s+")));
    words.addAll(List.of("-n", namespace, "--kubeconfig", kubeconfig.toString()));
    GoProgram.Result result = GoProgram.install("helm", HELM).run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as("%s: %s", words, result.err()).isZero();
    return result.out();
  }
}

package io.github.topologyxds.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.github.topologyxds.demo.checkout.CommitCheckout;
import io.github.topologyxds.e2e.bench.ReleaseBefore;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.pages.WalkedBlock;
import io.github.topologyxds.e2e.programs.HelmCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The chart against a real API server ({@code TOPOLOGY_XDS_TEST_KUBECONFIG}), by Helm itself. */
@Tag("real-cluster")
class ChartInClusterTest {
  /** Kinds of cert-manager and of Prometheus' operator, which the cluster need not have. */
  private static final Set<String> OF_OTHERS =
      Set.of("Certificate", "PodMonitor", "ServiceMonitor", "PrometheusRule");

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);
  private final Path kubeconfig = RealCluster.kubeconfig();
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void make() {
    for (String name : List.of(namespace, namespace + "-shop", namespace + "-pay")) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
  }

  @AfterEach
  void remove() {
    client.rbac().clusterRoleBindings().withName("topology-xds." + namespace).delete();
    client.rbac().clusterRoles().withName("topology-xds." + namespace).delete();
    for (String name : List.of(namespace, namespace + "-shop", namespace + "-pay")) {
      client.namespaces().withName(name).delete();
    }
    client.close();
  }

  /** With strict validation: an unknown field or one written twice is an error. */
  @Test
  void theApiServerTakesEveryRendering() throws Exception {
    int taken = 0;
    for (JsonNode given : ValuesTest.made()) {
      String values =
          ValuesTest.withTls(given.path("values"))
              .replace("\"shop\"", '"' + namespace + "-shop\"")
              .replace("\"pay\"", '"' + namespace + "-pay\"");
      Path file = Files.writeString(folder.resolve("values.yaml"), values);
      for (HasMetadata object : RenderedChart.of(namespace, file).objects()) {
        if (!OF_OTHERS.contains(object.getKind())) {
          client
              .resource(object)
              .dryRun()
              .fieldValidation(FieldValidateable.Validation.STRICT)
              .forceConflicts()
              .serverSideApply();
          taken++;
        }
      }
    }
    System.out.println("chart: objects that the API server has taken: " + taken);
    assertThat(taken).isGreaterThan(400);
  }

  @Test
  void oneReleaseInANamespaceIsInstalledUpgradedAndRemoved() throws Exception {
    String printed = helm("install topology-xds CHART -n NS --set tls.secretName=a");
    assertThat(printed).contains("kubectl -n " + namespace + " rollout status");
    Map<String, String> before = identities();
    assertThat(before).hasSize(7);

    assertThatThrownBy(() -> helm("install other CHART -n NS --set tls.secretName=a"))
        .hasMessageContaining("exists and cannot be imported into the current release");
    helm("upgrade topology-xds CHART -n NS --reuse-values --set replicas=3");
    assertThat(identities()).isEqualTo(before);
    assertThat(deployment().getSpec().getReplicas()).isEqualTo(3);

    helm("uninstall topology-xds -n NS");
    assertThat(identities()).isEmpty();
  }

  /** Of the release before only the values are kept: what it lacked must not be missing. */
  @Test
  void aReleaseOfAChartThatLacksValuesIsUpgradedAndRolledBack() throws Exception {
    Path older = folder.resolve("older");
    copy(RenderedChart.CHART, older);
    Files.writeString(older.resolve("values.yaml"), "authenticate: none\nsnapshot: {}\n");
    helm("install topology-xds " + older + " -n NS --set tls.secretName=a");
    List<String> before = arguments();
    assertThat(before).doesNotContain("--authenticate=required").contains("--snapshot=/snapshot");

    helm("upgrade topology-xds CHART -n NS --reuse-values --set visibleTo=.");
    List<String> expected = new ArrayList<>(before);
    expected.add(expected.indexOf("--snapshot=/snapshot"), "--visible-to=.");
    assertThat(arguments()).as("what was given or set before is kept").isEqualTo(expected);

    rollBack();
    assertThat(arguments()).isEqualTo(before);
  }

  /** The chart of the release before, and a value that it does not know. */
  @Test
  void aReleaseOfTheChartOfBeforeIsUpgradedAndRolledBack() throws Exception {
    try (CommitCheckout before = ReleaseBefore.checkout()) {
      Path older = before.folder().resolve("deploy/chart");
      assertThat(Files.readString(older.resolve("values.yaml")))
          .as("%s: take a value that the release before lacks", before.name())
          .doesNotContain("\ndemand:", "\nzonalShift:");
      helm("install topology-xds " + older + " -n NS --set tls.secretName=a --set visibleTo=.");
      Map<String, String> objects = identities();
      List<String> arguments = arguments();
      assertThat(arguments).contains("--authenticate=required", "--visible-to=.");

      helm(
          "upgrade topology-xds CHART -n NS --reuse-values --set demand=clients"
              + " --set zonalShift.enabled=true --set zonalShift.kind=false");
      assertThat(arguments()).containsAll(arguments).contains("--demand=shared");
      assertThat(identities()).as("nothing is made anew").isEqualTo(objects);

      rollBack();
      assertThat(arguments()).isEqualTo(arguments);
      assertThatThrownBy(() -> helm("upgrade topology-xds " + older + " -n NS --reuse-values"))
          .as("Helm's way back is rollback: the older chart knows no such value")
          .hasMessageContaining("demand");
    }
  }

  /** As soon as the controller knows of the upgrade. */
  private void rollBack() throws Exception {
    Wait.until("two revisions")
        .until(
            () -> client.apps().replicaSets().inNamespace(namespace).list().getItems().size() == 2);
    sh("kubectl -n " + namespace + " rollout undo deployment/topology-xds");
  }

  private List<String> arguments() {
    return deployment().getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs();
  }

  /** The commands of docs/install.md, and a base that {@code kubectl apply -k} has put there. */
  @Test
  void whatKustomizeInstalledIsTakenOver() throws Exception {
    Path overlay = Files.createDirectories(folder.resolve("deploy"));
    copy(Path.of("..", "deploy"), overlay);
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(
        own.resolve("kustomization.yaml"),
        """
        kind: Kustomization
        namespace: %s
        resources: [../deploy]
        images: [{name: topology-xds, newName: registry.example.com/infra/topology-xds, newTag: 0.1.0}]
        """
            .formatted(namespace));
    sh("kubectl apply -k " + own);
    Map<String, String> before = identities();
    DeploymentSpec spec = deployment().getSpec();
    assertThat(before).hasSize(7);

    sh(takingOver());
    helm(takingOverByHelm());

    assertThat(identities()).isEqualTo(before);
    // Another Pod template would start all replicas anew.
    assertThat(deployment().getSpec()).isEqualTo(spec);
    assertThat(deployment().getMetadata().getAnnotations())
        .containsEntry("meta.helm.sh/release-name", "topology-xds");
  }

  private String takingOver() throws Exception {
    String block = blockOfTakingOver();
    return block.substring(0, block.indexOf("helm install"));
  }

  private String takingOverByHelm() throws Exception {
    String block = blockOfTakingOver();
    return block
        .substring(block.indexOf("helm install") + "helm ".length())
        .replace("\\\n", " ")
        .replace("deploy/chart", RenderedChart.CHART.toString());
  }

  private String blockOfTakingOver() throws Exception {
    return WalkedBlock.INSTALL_TAKE_OVER.commands().replaceAll("\\binfra\\b(?!/)", namespace);
  }

  private Deployment deployment() {
    return Objects.requireNonNull(
        client.apps().deployments().inNamespace(namespace).withName("topology-xds").get());
  }

  /** What there is of the installation, with the uids: equal ones have not been made anew. */
  private Map<String, String> identities() {
    List<HasMetadata> found = new ArrayList<>();
    String name = "topology-xds";
    String ofTheCluster = name + "." + namespace;
    found.add(client.apps().deployments().inNamespace(namespace).withName(name).get());
    found.add(client.services().inNamespace(namespace).withName(name).get());
    found.add(client.serviceAccounts().inNamespace(namespace).withName(name).get());
    found.add(client.network().v1().networkPolicies().inNamespace(namespace).withName(name).get());
    found.add(
        client.policy().v1().podDisruptionBudget().inNamespace(namespace).withName(name).get());
    found.add(client.rbac().clusterRoles().withName(ofTheCluster).get());
    found.add(client.rbac().clusterRoleBindings().withName(ofTheCluster).get());
    Map<String, String> uids = new TreeMap<>();
    found.stream()
        .filter(Objects::nonNull)
        .forEach(object -> uids.put(object.getKind(), object.getMetadata().getUid()));
    return uids;
  }

  private String helm(String line) {
    String command = line.replace("CHART", RenderedChart.CHART.toString()).replace("NS", namespace);
    return HelmCommand.of(List.of(command.strip().split("\\s+"))).run(kubeconfig);
  }

  private void sh(String script) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-eu", "-c", script).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static void copy(Path from, Path to) throws Exception {
    Set<Path> sorted = new TreeSet<>();
    try (var files = Files.walk(from)) {
      files.filter(Files::isRegularFile).forEach(sorted::add);
    }
    for (Path file : sorted) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }
}

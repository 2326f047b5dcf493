package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.kubernetes.AuditedCluster.Audited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart by Helm with its own defaults, mutual TLS and {@code authenticate: required}, and with
 * all that writes: two replicas use every right that their account has been given, and ask for
 * nothing else, by the audit log of a real kube-apiserver.
 */
@Tag("audit-log")
class AuditedChartTest {
  /** For the admission plugin OwnerReferencesPermissionEnforcement: no request asks for it. */
  private static final Right OF_ADMISSION = new Right("update", "services/finalizers", List.of());

  /** The Leases that tell of the demand are renewed once in a minute or two. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(4);

  /**
   * One verb on one kind of resource, or on one path.
   *
   * @param names of the objects that it is for; empty: all
   */
  private record Right(String verb, String resource, List<String> names) {
    boolean usedBy(Audited request) {
      return request.verb().equals(verb)
          && request.resource().equals(resource)
          && (names.isEmpty() || names.contains(request.name()));
    }
  }

  @TempDir private Path folder = Path.of("");
  private AuditedCluster cluster;
  private InstalledChart chart;
  private Path certificates = Path.of("");

  @BeforeEach
  void install() throws Exception {
    cluster = AuditedCluster.withoutRoles(folder);
    certificates = Files.createDirectory(folder.resolve("tls"));
    new IssuedCertificates(certificates);
    chart = new InstalledChart(cluster.client(), cluster.kubeconfig(), cluster.namespace(), folder);
    chart.install(
        """
        slices:
          enabled: true
          externalWorkloadKind: false
          externalWorkloadCidrs: [10.88.0.0/16]
        zonalShift: {enabled: true, kind: false}
        demand: clients
        """);
  }

  @AfterEach
  void remove() {
    // No kubelet confirms that the Pods have ended, and the Namespaces would wait for that.
    cluster.client().pods().inNamespace(cluster.namespace()).withGracePeriod(0).delete();
    chart.close();
    cluster.close();
  }

  @Test
  void everyRightIsUsedAndNoneLacks() throws Exception {
    List<Right> granted = granted();
    assertThat(granted).contains(OF_ADMISSION);
    granted.remove(OF_ADMISSION);
    // Both are refused at first, which gets Events.
    move("10.99.0.1");
    cluster.shift(Instant.now().plus(Duration.ofHours(80)).truncatedTo(ChronoUnit.SECONDS));
    cluster.objects().node(cluster.namespace() + "-node", "zone-a");
    String api = cluster.client().getMasterUrl().toString();
    int xds = FreePorts.next();
    ServerProcess first = chart.start(api, xds, FreePorts.next());
    ServerProcess second = chart.start(api, FreePorts.next(), FreePorts.next());
    TokenPod pod =
        new TokenPod(
            cluster.client(), cluster.namespace(), cluster.namespace() + "-node", certificates);
    try (EnvoyProcess envoy =
        pod.launch(xds, cluster.namespace() + "-node", SidecarShape.ALL_SERVICES)) {
      envoy.awaitReady();
      awaitUse("create", "events");
      for (String address : List.of("10.88.0.1", "10.88.0.2")) {
        move(address);
        awaitUse(address.endsWith("1") ? "create" : "update", "discovery.k8s.io/endpointslices");
      }
      cluster.objects().deleteWorkload("vm-1");
      Wait.until("every right to be used")
          .atMost(MAX_WAIT)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> assertThat(unused(granted)).isEmpty());
    } finally {
      first.stop();
      second.stop();
    }
    System.out.printf("audit: all of %d rights of the chart used%n", granted.size());
    assertThat(log()).filteredOn(request -> request.status() == 403).isEmpty();
  }

  private void move(String address) {
    cluster.objects().selecting("db", "db");
    cluster.objects().workload("vm-1", "db", "zone-a", address);
  }

  private void awaitUse(String verb, String resource) {
    Right right = new Right(verb, resource, List.of());
    Wait.until(verb + " " + resource)
        .atMost(MAX_WAIT)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(unused(List.of(right))).isEmpty());
  }

  private List<Right> unused(List<Right> rights) throws IOException {
    List<Audited> accepted = log().stream().filter(Audited::accepted).toList();
    return rights.stream().filter(right -> accepted.stream().noneMatch(right::usedBy)).toList();
  }

  private List<Audited> log() throws IOException {
    return cluster.log().stream()
        .filter(request -> request.account().equals(InstalledChart.NAME))
        .toList();
  }

  /** What the account's bindings, of the cluster and of its Namespaces, give it. */
  private List<Right> granted() {
    KubernetesClient client = cluster.client();
    List<Right> rights = new ArrayList<>();
    for (ClusterRoleBinding binding : client.rbac().clusterRoleBindings().list().getItems()) {
      if (isBound(binding.getSubjects())) {
        String role = binding.getRoleRef().getName();
        add(client.rbac().clusterRoles().withName(role).require().getRules(), rights);
      }
    }
    for (RoleBinding binding : client.rbac().roleBindings().inAnyNamespace().list().getItems()) {
      if (isBound(binding.getSubjects())) {
        String role = binding.getRoleRef().getName();
        String namespace = binding.getMetadata().getNamespace();
        add(
            client.rbac().roles().inNamespace(namespace).withName(role).require().getRules(),
            rights);
      }
    }
    assertThat(rights).hasSizeGreaterThan(30);
    return rights;
  }

  private boolean isBound(List<Subject> subjects) {
    return Objects.requireNonNullElse(subjects, List.<Subject>of()).stream()
        .anyMatch(subject ->
            InstalledChart.NAME.equals(subject.getName())
                && cluster.namespace().equals(subject.getNamespace()));
  }

  private static void add(List<PolicyRule> rules, List<Right> to) {
    for (PolicyRule rule : rules) {
      for (String verb : rule.getVerbs()) {
        rule.getNonResourceURLs().forEach(path -> to.add(new Right(verb, path, List.of())));
        for (String group : rule.getApiGroups()) {
          for (String resource : rule.getResources()) {
            to.add(
                new Right(
                    verb,
                    (group.isEmpty() ? "" : group + "/") + resource,
                    rule.getResourceNames()));
          }
        }
      }
    }
  }
}

package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.RecordedRequest;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.slices.lease.LeaseName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a cluster: the shipped roles against the requests that are really sent. */
class SliceRightsTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final LeaseName LEASE = new LeaseName("topology-xds", "topology-xds");

  @TempDir private Path folder = Path.of("");

  @Test
  void theRolesGrantWhatIsUsedAndNothingElse() throws Exception {
    Set<String> used = used();
    Set<String> writing = granted(Path.of("../deploy/slices/rbac.yaml"), "topology-xds-slices");
    // Nobody asks for it by a request: an admission plugin asks on our behalf.
    assertThat(writing.remove("update services/finalizers")).isTrue();
    Set<String> all = granted(Path.of("../deploy/cluster-role.yaml"), "topology-xds");
    assertThat(all)
        .as("without the feature: Events, and nothing else is written")
        .filteredOn(grant -> grant.matches("(create|update|patch|delete) .*"))
        .containsExactly("create events");
    assertThat(used).as("nothing that is there already is granted again").containsAll(writing);
    all.addAll(writing);
    assertThat(all).containsAll(used);
  }

  /** Refused, so that an Event is written: the object is read for that. */
  @Test
  void theRoleOfShiftsGrantsWhatIsUsedAndNothingElse() throws Exception {
    Set<String> granted =
        granted(Path.of("../deploy/zonal-shift/rbac.yaml"), "topology-xds-zonal-shift");
    Set<String> used = new TreeSet<>();
    try (ApiServer api = ApiServer.start()) {
      api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
      api.put("{apiVersion: v1, kind: Namespace, metadata: {name: default}}");
      api.put(
          """
          apiVersion: topology-xds.io/v1alpha1
          kind: ZonalShift
          metadata: {name: far}
          spec: {awayFrom: a, expireAt: "2099-01-01T00:00:00Z"}
          """);
      try (ShiftReplica replica = ShiftReplica.inPod(api.kubeconfig(folder), "topology-xds")) {
        await(api, "POST .*/namespaces/default/events");
        await(api, "PATCH .*/zonalshifts/far/status");
        await(api, "PUT .*/leases/topology-xds-zonal-shift");
        assertThat(replica.acting()).isEmpty();
      }
      for (RecordedRequest request : api.requests()) {
        String subresource = request.path().endsWith("/status") ? "/status" : "";
        used.add(request.verb().inRole() + " " + resource(request.path()) + subresource);
      }
    }
    used.removeIf(right -> !right.matches(".* (zonalshifts(/status)?|leases)"));
    assertThat(granted).isEqualTo(used);
  }

  private Set<String> used() throws Exception {
    try (ApiServer api = ApiServer.start()) {
      api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
      workload(api, "10.99.0.1");
      api.put(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: db, namespace: shop}
          spec: {selector: {app: db}, ports: [{name: pg, port: 5432}]}
          """);
      try (SliceReplica replica =
          SliceReplica.start(
              api.kubeconfig(folder), SliceReplica.settings("txds", LEASE, "10.88.0.0/16"))) {
        await(api, "POST .*/events");
        workload(api, "10.88.0.1");
        await(api, "POST .*/endpointslices");
        workload(api, "10.88.0.2");
        await(api, "PUT .*/endpointslices/.*");
        api.delete(ResourceKind.EXTERNAL_WORKLOADS, "shop", "vm");
        await(api, "DELETE .*/endpointslices/.*");
        await(api, "PUT .*/leases/.*");
        assertThat(replica.leads()).isTrue();
      }
      TreeSet<String> used = new TreeSet<>();
      for (RecordedRequest request : api.requests()) {
        used.add(request.verb().inRole() + " " + resource(request.path()));
      }
      // A kind that need not be there: its right comes with it (deploy/zonal-shift).
      used.removeIf(right -> right.endsWith(" zonalshifts"));
      return used;
    }
  }

  private static void workload(ApiServer api, String address) {
    api.put(
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ExternalWorkload
        metadata: {name: vm, namespace: shop, labels: {app: db}}
        spec: {addresses: ["%s"]}
        """
            .formatted(address));
  }

  private static void await(ApiServer api, String request) {
    Wait.until(request)
        .until(() ->
            api.requests().stream()
                .anyMatch(r -> r.status() < 300 && (r.method() + " " + r.path()).matches(request)));
  }

  /** {@code /apis/GROUP/VERSION/[namespaces/NS/]RESOURCE[/NAME]}. */
  private static String resource(String path) {
    String rest = path.replaceFirst("^/(api/v1|apis/[^/]+/[^/]+)/", "");
    return rest.replaceFirst("^namespaces/[^/]+/", "").replaceFirst("/.*", "");
  }

  private static Set<String> granted(Path manifest, String name) throws IOException {
    List<PolicyRule> rules = new ArrayList<>();
    for (String document : documents(manifest)) {
      HasMetadata object = YAML.unmarshal(document);
      if (object.getMetadata().getName().replaceFirst("\\..*", "").equals(name)) {
        rules.addAll(
            switch (object) {
              case ClusterRole role -> role.getRules();
              case Role role -> role.getRules();
              default -> List.of();
            });
      }
    }
    TreeSet<String> grants = new TreeSet<>();
    for (PolicyRule rule : rules) {
      Stream<String> resources = rule.getResources().stream();
      resources.forEach(
          resource -> rule.getVerbs().forEach(verb -> grants.add(verb + " " + resource)));
    }
    return grants;
  }

  private static List<String> documents(Path manifest) throws IOException {
    return Pattern.compile("\n---\n").splitAsStream(Files.readString(manifest)).toList();
  }
}

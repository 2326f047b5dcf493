package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the control plane may do with the API server: this and nothing else. */
class LeastPrivilegeTest {
  private record Grant(String verb, String group, String resource) {}

  @Test
  void readsFiveKindsAndWritesNothingButEvents() throws IOException {
    List<Grant> expected = new ArrayList<>();
    // Only Services are told of by name, in Events, so that `get` is not needed elsewhere.
    expected.add(new Grant("get", "", "services"));
    for (String verb : List.of("list", "watch")) {
      expected.add(new Grant(verb, "", "services"));
      expected.add(new Grant(verb, "", "nodes"));
      expected.add(new Grant(verb, "", "namespaces"));
      expected.add(new Grant(verb, "discovery.k8s.io", "endpointslices"));
      expected.add(new Grant(verb, "networking.k8s.io", "servicecidrs"));
    }
    expected.add(new Grant("create", "", "events"));

    assertThat(granted()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theRoleIsBoundToTheDeploymentsAccountAlone() throws IOException {
    ClusterRoleBinding binding = DeployFolder.only(ClusterRoleBinding.class);
    ServiceAccount account = DeployFolder.only(ServiceAccount.class);

    assertThat(binding.getRoleRef())
        .isEqualTo(
            new RoleRef(
                "rbac.authorization.k8s.io",
                "ClusterRole",
                DeployFolder.only(ClusterRole.class).getMetadata().getName()));
    assertThat(binding.getSubjects())
        .containsExactly(
            new Subject(
                null,
                "ServiceAccount",
                account.getMetadata().getName(),
                account.getMetadata().getNamespace()));
  }

  /**
   * Whoever may write ExternalWorkloads can aim traffic (CVE-2021-25740), so nobody may because he
   * is an editor of a Namespace.
   */
  @Test
  void noRoleIsAggregatedToThoseOfUsers() throws IOException {
    try (Stream<Path> files = Files.walk(DeployFolder.PATH)) {
      List<Path> manifests = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(manifests).anyMatch(file -> file.endsWith("slices/rbac.yaml"));
      assertThat(manifests)
          .allSatisfy(file ->
              assertThat(Files.readString(file))
                  .doesNotContain("rbac.authorization.k8s.io/aggregate-to"));
    }
  }

  private static List<Grant> granted() throws IOException {
    ClusterRole role = DeployFolder.only(ClusterRole.class);
    assertThat(role.getAggregationRule()).isNull();
    List<Grant> grants = new ArrayList<>();
    for (PolicyRule rule : role.getRules()) {
      assertThat(rule.getNonResourceURLs()).isEmpty();
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          rule.getVerbs().forEach(verb -> grants.add(new Grant(verb, group, resource)));
        }
      }
    }
    return grants;
  }
}

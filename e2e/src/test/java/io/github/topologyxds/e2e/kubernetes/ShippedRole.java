package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A service account that has the ClusterRole of deploy/ and nothing else. */
final class ShippedRole implements AutoCloseable {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Path ROLE = Path.of("..", "deploy", "cluster-role.yaml");

  private final KubernetesClient admin;
  private final String name;
  private final ClusterRole role;
  private final Path kubeconfig;
  private final KubernetesClient client;

  /** Makes it in a namespace, under the namespace's name. */
  ShippedRole(KubernetesClient admin, String namespace, Path folder) throws IOException {
    this.admin = admin;
    this.name = namespace;
    this.role = YAML.unmarshal(Files.readString(ROLE), ClusterRole.class);
    role.getMetadata().setName(name);
    admin.resource(role).create();
    bind();
    this.kubeconfig =
        AccountTokens.kubeconfig(
            folder.resolve("limited.kubeconfig"),
            admin.getMasterUrl().toString(),
            AccountTokens.forTheApi(admin, name, "limited"));
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
  }

  private void bind() {
    admin
        .resource(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: limited, namespace: %s}
            """
                .formatted(name))
        .create();
    admin
        .resource(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: %1$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
            subjects: [{kind: ServiceAccount, name: limited, namespace: %1$s}]
            """
                .formatted(name))
        .create();
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** Returns a client with its rights. */
  KubernetesClient client() {
    return client;
  }

  /** What the role says: {@code discovery.k8s.io/endpointslices watch}. */
  SortedSet<String> granted() {
    SortedSet<String> rights = new TreeSet<>();
    role.getRules()
        .forEach(rule -> add(rule.getApiGroups(), rule.getResources(), rule.getVerbs(), rights));
    return rights;
  }

  /** What the API server says that it may do, without what everybody may: to ask for that. */
  SortedSet<String> rights() {
    SelfSubjectRulesReview review =
        YAML.unmarshal(
            """
            apiVersion: authorization.k8s.io/v1
            kind: SelfSubjectRulesReview
            spec: {namespace: %s}
            """
                .formatted(name),
            SelfSubjectRulesReview.class);
    SortedSet<String> rights = new TreeSet<>();
    client
        .authorization()
        .v1()
        .selfSubjectRulesReview()
        .create(review)
        .getStatus()
        .getResourceRules()
        .forEach(rule -> add(rule.getApiGroups(), rule.getResources(), rule.getVerbs(), rights));
    rights.removeIf(right -> right.contains("/selfsubject"));
    return rights;
  }

  private static void add(
      List<String> groups, List<String> resources, List<String> verbs, SortedSet<String> to) {
    for (String group : groups) {
      for (String resource : resources) {
        verbs.forEach(verb -> to.add(group + "/" + resource + " " + verb));
      }
    }
  }

  @Override
  public void close() {
    client.close();
    admin.rbac().clusterRoleBindings().withName(name).delete();
    admin.rbac().clusterRoles().withName(name).delete();
  }
}

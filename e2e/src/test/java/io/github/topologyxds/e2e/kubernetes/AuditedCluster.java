package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.e2e.bench.MachineLock;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.slices.lease.LeaseName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real cluster whose kube-apiserver writes an audit log (level Metadata) that the test can read,
 * and service accounts that have the shipped roles and nothing else, in a namespace of their own.
 */
final class AuditedCluster implements AutoCloseable {
  static final String AUDIT_LOG = "TOPOLOGY_XDS_TEST_AUDIT_LOG";
  private static final String ROLE_NAMES = "topology-xds(-slices|-zonal-shift)?";
  private static final List<Path> SHIPPED =
      List.of(
          Path.of("../deploy/cluster-role.yaml"),
          Path.of("../deploy/slices/rbac.yaml"),
          Path.of("../deploy/zonal-shift/rbac.yaml"));
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String namespace =
      "txds-" + UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);

  /** ZonalShifts are the whole cluster's: who writes their status is not to meet another test's. */
  private final MachineLock lock = MachineLock.take("audited-cluster");

  private final Path folder;
  private final Path log = Path.of(RealCluster.variable(AUDIT_LOG));
  private final Path kubeconfig = RealCluster.kubeconfig();
  private final long begin;
  private final ClusterReader reader;
  private final TestObjects objects;
  private final List<HasMetadata> clusterWide = new ArrayList<>();

  /**
   * A request that has been answered.
   *
   * @param resource with its group, {@code discovery.k8s.io/endpointslices}; a path for what is no
   *     resource
   * @param name of the object; "" for all
   */
  record Audited(
      String account,
      String verb,
      String resource,
      String name,
      int status,
      Instant received,
      Instant done) {
    boolean accepted() {
      return status < 300;
    }
  }

  /** One with the roles of {@code deploy/}. */
  AuditedCluster(Path folder) throws Exception {
    this(folder, SHIPPED);
  }

  /** One without, for what brings its own. */
  static AuditedCluster withoutRoles(Path folder) throws Exception {
    return new AuditedCluster(folder, List.of());
  }

  private AuditedCluster(Path folder, List<Path> roles) throws Exception {
    this.folder = folder;
    this.begin = Files.size(log);
    this.reader = new ClusterReader(kubeconfig);
    this.objects = new TestObjects(reader.client(), namespace);
    objects.externalWorkloadKind(Path.of("../deploy/slices/externalworkload-crd.yaml"));
    objects.kind(Path.of("../deploy/zonal-shift/zonalshift-crd.yaml"), ShiftStatusScenarios.SHIFTS);
    objects.namespace();
    objects.selecting("db", "db");
    for (Path manifest : roles) {
      role(Files.readString(manifest));
    }
  }

  /** The shipped roles, under names of the test's own. */
  private void role(String manifest) {
    for (String document : Pattern.compile("\n---\n").splitAsStream(manifest).toList()) {
      HasMetadata object = YAML.unmarshal(document);
      // kustomize puts the namespace behind the dot.
      String name = object.getMetadata().getName().replaceFirst("\\..*", "");
      if (!name.matches(ROLE_NAMES) || object.getKind().endsWith("Binding")) {
        continue;
      }
      if (object.getKind().equals("ClusterRole")) {
        object.getMetadata().setName(namespace + "-" + name);
        clusterWide.add(object);
      } else {
        object.getMetadata().setNamespace(namespace);
      }
      reader.client().resource(object).create();
    }
  }

  /** Makes a service account with the shipped roles, and writes its kubeconfig. */
  Path account(String name) throws IOException {
    objects.raw(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %s}
        """
            .formatted(name));
    for (String role : List.of("topology-xds", "topology-xds-slices", "topology-xds-zonal-shift")) {
      String bound = namespace + "-" + role;
      HasMetadata binding = YAML.unmarshal(binding("ClusterRole", bound, name));
      binding.getMetadata().setName(bound + "-" + name);
      reader.client().resource(binding).create();
      clusterWide.add(binding);
    }
    objects.raw(binding("Role", "topology-xds-slices", name));
    objects.raw(binding("Role", "topology-xds-zonal-shift", name));
    String token = AccountTokens.forTheApi(reader.client(), namespace, name);
    JsonNode config = JSON.valueToTree(YAML.unmarshal(Files.readString(kubeconfig), Object.class));
    String text =
        """
        {"apiVersion": "v1", "kind": "Config", "current-context": "c", "clusters": %s,
         "contexts": [{"name": "c", "context": {"cluster": "%s", "user": "u"}}],
         "users": [{"name": "u", "user": {"token": "%s"}}]}
        """
            .formatted(
                config.path("clusters"),
                config.path("clusters").path(0).path("name").asString(),
                token);
    return Files.writeString(folder.resolve(name + ".kubeconfig"), text);
  }

  private String binding(String kind, String role, String account) {
    return """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: %sBinding
    metadata: {name: %s-%s}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s}
    subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]
    """
        .formatted(kind, role, account, kind, role, account, namespace);
  }

  /** Returns what the accounts have asked for since the beginning, in the order of the answers. */
  List<Audited> log() throws IOException {
    List<Audited> audited = new ArrayList<>();
    try (FileChannel file = FileChannel.open(log)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - begin));
      file.read(bytes, begin);
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> line.contains("system:serviceaccount:" + namespace + ":"))
          .map(JSON::readTree)
          .filter(event -> !event.path("stage").asString("").equals("RequestReceived"))
          .forEach(event -> audited.add(audited(event)));
    }
    return audited;
  }

  private Audited audited(JsonNode event) {
    JsonNode object = event.path("objectRef");
    return new Audited(
        event.path("user").path("username").asString().replaceFirst(".*:", ""),
        event.path("verb").asString(),
        object.has("resource") ? resource(object) : path(event),
        object.path("name").asString(""),
        event.path("responseStatus").path("code").asInt(),
        Instant.parse(event.path("requestReceivedTimestamp").asString()),
        Instant.parse(event.path("stageTimestamp").asString()));
  }

  private static String resource(JsonNode object) {
    String group = object.path("apiGroup").asString("");
    return (group.isEmpty() ? "" : group + "/")
        + object.path("resource").asString()
        + (object.has("subresource") ? "/" + object.path("subresource").asString() : "");
  }

  private static String path(JsonNode event) {
    return event.path("requestURI").asString("").replaceFirst("\\?.*", "");
  }

  /** Makes a ZonalShift, which goes with the rest. */
  void shift(Instant expireAt) {
    objects.clusterWide(
        ShiftStatusScenarios.SHIFTS,
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ZonalShift
        metadata: {name: %s}
        spec: {awayFrom: %s-zone, expireAt: "%s"}
        """
            .formatted(namespace, namespace, expireAt));
  }

  LeaseName lease() {
    return new LeaseName(namespace, "topology-xds");
  }

  String namespace() {
    return namespace;
  }

  KubernetesClient client() {
    return reader.client();
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  TestObjects objects() {
    return objects;
  }

  @Override
  public void close() {
    clusterWide.forEach(object -> reader.client().resource(object).delete());
    reader
        .client()
        .genericKubernetesResources(ShiftStatusScenarios.SHIFTS)
        .withName(namespace)
        .delete();
    objects.close();
    reader.close();
    lock.close();
  }
}

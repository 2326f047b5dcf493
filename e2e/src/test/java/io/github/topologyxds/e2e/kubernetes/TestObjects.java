package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes objects through the API, and removes them in the end. */
final class TestObjects implements AutoCloseable {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private static final ResourceDefinitionContext WORKLOADS =
      new ResourceDefinitionContext.Builder()
          .withGroup("topology-xds.io")
          .withVersion("v1alpha1")
          .withKind("ExternalWorkload")
          .withPlural("externalworkloads")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;
  private final Set<String> nodes = new TreeSet<>();

  TestObjects(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  void namespace() {
    write(
        YAML.unmarshal(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: %s}
            """
                .formatted(namespace)));
  }

  /** Gives the test's namespace a label. */
  void label(String key, String value) {
    client
        .namespaces()
        .withName(namespace)
        .edit(known ->
            new NamespaceBuilder(known)
                .editMetadata()
                .addToLabels(key, value)
                .endMetadata()
                .build());
  }

  /** Makes a service account, where the cluster's controller does not. */
  void account(String name) {
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(name).endMetadata().build())
        .serverSideApply();
  }

  /** Creates a Node, or moves it to another zone. */
  void node(String name, String zone) {
    nodes.add(name);
    write(
        YAML.unmarshal(
            """
            apiVersion: v1
            kind: Node
            metadata: {name: %s, labels: {topology.kubernetes.io/zone: %s}}
            """
                .formatted(name, zone)));
  }

  /**
   * Creates or changes a Service without a selector.
   *
   * @param annotations YAML, without the braces
   */
  void service(String name, String annotations) {
    raw(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, annotations: {%s}}
        spec: {trafficDistribution: PreferSameZone, ports: [{name: http, port: 80}]}
        """
            .formatted(name, annotations));
  }

  /** Creates or changes a slice whose endpoints are ready, all in one zone. */
  void slice(String service, String name, String zone, String... addresses) {
    String endpoints =
        Arrays.stream(addresses)
            .map(a -> "{addresses: [%s], zone: %s}".formatted(a, zone))
            .collect(Collectors.joining(", "));
    raw(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %s, labels: {kubernetes.io/service-name: %s}}
        addressType: IPv4
        ports: [{name: http, port: 8080}]
        endpoints: [%s]
        """
            .formatted(name, service, endpoints));
  }

  /** The API refuses loopback addresses of endpoints; one of the machine's own is as near. */
  static BackendSpec backend(String name, String zone, String node) throws IOException {
    String own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst()
            .orElseThrow(() -> new AssertionError("needs an IPv4 address beside loopback"));
    return new BackendSpec(name, zone, node, own, FreePorts.next());
  }

  /** Creates a slice with one backend, which is there. */
  void slice(String service, BackendSpec backend) {
    raw(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %s-%s, labels: {kubernetes.io/service-name: %s}}
        addressType: IPv4
        ports: [{name: http, port: %d}]
        endpoints: [{addresses: [%s], nodeName: %s, zone: %s}]
        """
            .formatted(
                service,
                backend.zone(),
                service,
                backend.port(),
                backend.address(),
                backend.node(),
                backend.zone()));
  }

  /** Makes the kind ExternalWorkload known, and waits until the API server serves it. */
  void externalWorkloadKind(Path manifest) throws IOException {
    kind(manifest, WORKLOADS);
  }

  /** Makes a kind known as it is shipped now, and waits until the API server serves it. */
  void kind(Path manifest, ResourceDefinitionContext served) throws IOException {
    write(YAML.unmarshal(Files.readString(manifest)));
    Wait.until("the kind is served")
        .ignoreExceptions()
        .until(() -> client.genericKubernetesResources(served).list() != null);
  }

  /** Creates a Service that selects ExternalWorkloads of this app. */
  void selecting(String name, String app) {
    raw(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s}
        spec:
          selector: {app: %s}
          trafficDistribution: PreferSameZone
          ports: [{name: pg, port: 5432, targetPort: pg}]
        """
            .formatted(name, app));
  }

  /** Returns one of 200 addresses for workloads that move all the time. */
  static String address(int move) {
    return "10.88.1." + (1 + move % 200);
  }

  /** Creates or changes an ExternalWorkload that serves the port pg. */
  void workload(String name, String app, String zone, String... addresses) {
    String quoted =
        Arrays.stream(addresses).map(a -> '"' + a + '"').collect(Collectors.joining(", "));
    String yaml =
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ExternalWorkload
        metadata: {name: %s, labels: {app: %s}}
        spec: {addresses: [%s], zone: %s, ports: [{name: pg, port: 6432}]}
        """
            .formatted(name, app, quoted, zone);
    GenericKubernetesResource workload = YAML.unmarshal(yaml);
    workload.getMetadata().setNamespace(namespace);
    var workloads = client.genericKubernetesResources(WORKLOADS).inNamespace(namespace);
    GenericKubernetesResource before = workloads.withName(name).get();
    if (before == null) {
      workloads.resource(workload).create();
    } else {
      workload.getMetadata().setResourceVersion(before.getMetadata().getResourceVersion());
      workloads.resource(workload).update();
    }
  }

  /**
   * Writes the condition Ready of an ExternalWorkload, as its health checker does.
   *
   * @param status True, False or Unknown
   */
  void workloadReady(String name, String status) {
    Map<String, String> condition =
        Map.of(
            "type",
            "Ready",
            "status",
            status,
            "reason",
            "Checked",
            "message",
            "",
            "lastTransitionTime",
            "2026-01-01T00:00:00Z");
    var workload =
        client.genericKubernetesResources(WORKLOADS).inNamespace(namespace).withName(name);
    GenericKubernetesResource checked = workload.require();
    checked.setAdditionalProperty("status", Map.of("conditions", List.of(condition)));
    client
        .genericKubernetesResources(WORKLOADS)
        .inNamespace(namespace)
        .resource(checked)
        .updateStatus();
  }

  void deleteWorkload(String name) {
    client.genericKubernetesResources(WORKLOADS).inNamespace(namespace).withName(name).delete();
  }

  /**
   * Creates a slice of another manager.
   *
   * @param managedBy "" for none
   */
  void foreign(String name, String service, String managedBy, String address) {
    String label =
        managedBy.isEmpty() ? "" : ", endpointslice.kubernetes.io/managed-by: " + managedBy;
    raw(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %s, labels: {kubernetes.io/service-name: %s%s}}
        addressType: IPv4
        ports: [{name: pg, port: 6432}]
        endpoints: [{addresses: [%s], zone: zone-a, conditions: {ready: true}}]
        """
            .formatted(name, service, label, address));
  }

  /** Creates a slice of the Service "db" that says it is of an installation, and has no owner. */
  void claimed(String name, String managedBy, String installation, String address) {
    raw(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: %s
          labels:
            kubernetes.io/service-name: db
            endpointslice.kubernetes.io/managed-by: %s
          annotations: {topology-xds.io/installation: %s}
        addressType: IPv4
        ports: [{name: pg, port: 6432}]
        endpoints: [{addresses: [%s], zone: zone-a, conditions: {ready: true}}]
        """
            .formatted(name, managedBy, installation, address));
  }

  /** Creates or replaces what a manifest says, in the test's namespace. */
  void raw(String yaml) {
    HasMetadata object = YAML.unmarshal(yaml);
    object.getMetadata().setNamespace(namespace);
    write(object);
  }

  /** Creates or changes an object without a namespace, of a kind that fabric8 does not know. */
  void clusterWide(ResourceDefinitionContext kind, String yaml) {
    GenericKubernetesResource object = YAML.unmarshal(yaml, GenericKubernetesResource.class);
    var objects = client.genericKubernetesResources(kind);
    GenericKubernetesResource known = objects.withName(object.getMetadata().getName()).get();
    if (known == null) {
      objects.resource(object).create();
    } else {
      object.getMetadata().setResourceVersion(known.getMetadata().getResourceVersion());
      objects.resource(object).update();
    }
  }

  private void write(HasMetadata object) {
    var resource = client.resource(object);
    HasMetadata known = resource.get();
    if (known == null) {
      resource.create();
    } else {
      object.getMetadata().setResourceVersion(known.getMetadata().getResourceVersion());
      client.resource(object).update();
    }
  }

  /** Deletes an object of the test's namespace, or a Node. */
  void delete(String kind, String name) {
    switch (kind) {
      case "Service" -> client.services().inNamespace(namespace).withName(name).delete();
      case "EndpointSlice" ->
          client.discovery().v1().endpointSlices().inNamespace(namespace).withName(name).delete();
      case "Node" -> client.nodes().withName(name).delete();
      default -> throw new IllegalArgumentException(kind);
    }
  }

  @Override
  public void close() {
    nodes.forEach(node -> client.nodes().withName(node).delete());
    client.namespaces().withName(namespace).delete();
  }
}

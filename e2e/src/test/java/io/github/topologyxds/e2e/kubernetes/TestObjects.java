package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes objects through the API, and removes them in the end. */
final class TestObjects implements AutoCloseable {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

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

  /** Creates or replaces what a manifest says, in the test's namespace. */
  void raw(String yaml) {
    HasMetadata object = YAML.unmarshal(yaml);
    object.getMetadata().setNamespace(namespace);
    write(object);
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

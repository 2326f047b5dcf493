package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A cluster as a folder of YAML: Nodes, Services and one EndpointSlice for each Service. */
public final class World {
  private final Path folder;
  private final Map<String, String> zoneByNode = new LinkedHashMap<>();
  private final List<String> services = new ArrayList<>();

  World(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** Adds a Node. */
  public World node(String name, String zone) throws IOException {
    zoneByNode.put(name, zone);
    String yaml =
        zoneByNode.entrySet().stream()
            .map(node -> nodeYaml(node.getKey(), node.getValue()))
            .collect(Collectors.joining("---\n"));
    WorkspaceFiles.replace(folder.resolve("nodes.yaml"), yaml);
    return this;
  }

  /** Adds so many zones, from zone-a on, each with a Node: zone-a has node-a. */
  public World zones(int count) throws IOException {
    for (char letter = 'a'; letter < 'a' + count; letter++) {
      node("node-" + letter, "zone-" + letter);
    }
    return this;
  }

  public List<String> nodes() {
    return List.copyOf(zoneByNode.keySet());
  }

  public String zoneOf(String node) {
    return zoneByNode.getOrDefault(node, "");
  }

  /** Writes a Service and returns its cluster IP, or None. */
  public String service(ServiceSpec spec) throws IOException {
    String key = spec.namespace() + "." + spec.name();
    if (!services.contains(key)) {
      services.add(key);
    }
    String clusterIp =
        switch (spec.addressing()) {
          case CLUSTER_IP -> "10.96.0." + (services.indexOf(key) + 10);
          case HEADLESS -> "None";
        };
    WorkspaceFiles.replace(file("service", spec), serviceYaml(spec, clusterIp));
    return clusterIp;
  }

  /** Writes a Service's slice. */
  public void slice(ServiceSpec spec, Map<BackendSpec, EndpointState> endpoints)
      throws IOException {
    WorkspaceFiles.replace(file("slice", spec), sliceYaml(spec, endpoints));
  }

  /** Deletes a Service and its slice. */
  public void delete(ServiceSpec spec) throws IOException {
    Files.delete(file("service", spec));
    Files.deleteIfExists(file("slice", spec));
  }

  private Path file(String kind, ServiceSpec spec) {
    return folder.resolve(kind + "-" + spec.namespace() + "-" + spec.name() + ".yaml");
  }

  private static String nodeYaml(String name, String zone) {
    return """
    apiVersion: v1
    kind: Node
    metadata:
      name: %s
      labels: {topology.kubernetes.io/region: region-1, topology.kubernetes.io/zone: %s}
    """
        .formatted(name, zone);
  }

  private static String serviceYaml(ServiceSpec spec, String clusterIp) {
    String ports =
        spec.ports().stream()
            .map(port ->
                "  - {name: %s, port: %d, targetPort: %d%s}\n"
                    .formatted(
                        port.name(),
                        port.number(),
                        port.target(),
                        port.appProtocol().isEmpty() ? "" : ", appProtocol: " + port.appProtocol()))
            .collect(Collectors.joining());
    return """
    apiVersion: v1
    kind: Service
    metadata: {namespace: %s, name: %s}
    spec:
      clusterIP: %s
      clusterIPs: [%s]
      ipFamilies: [IPv4, IPv6]
      trafficDistribution: %s
      ports:
    %s\
    """
        .formatted(
            spec.namespace(),
            spec.name(),
            clusterIp,
            clusterIps(spec, clusterIp),
            spec.distribution().label(),
            ports);
  }

  /** Both families', which end alike: 10.96.0.10 and fd00:96::10. */
  private static String clusterIps(ServiceSpec spec, String clusterIp) {
    return switch (spec.addressing()) {
      case CLUSTER_IP -> clusterIp + ", \"" + clusterIp.replace("10.96.0.", "fd00:96::") + "\"";
      case HEADLESS -> clusterIp;
    };
  }

  private static String sliceYaml(ServiceSpec spec, Map<BackendSpec, EndpointState> endpoints) {
    String ports =
        spec.ports().stream()
            .map(port -> "{name: %s, port: %d}".formatted(port.name(), port.target()))
            .collect(Collectors.joining(", "));
    String present =
        endpoints.entrySet().stream()
            .filter(endpoint -> endpoint.getValue() != EndpointState.ABSENT)
            .map(endpoint -> endpointYaml(spec, endpoint.getKey(), endpoint.getValue()))
            .collect(Collectors.joining());
    return """
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      namespace: %s
      name: %s-x7k2p
      labels:
        endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io
        kubernetes.io/service-name: %s
    addressType: IPv4
    ports: [%s]
    endpoints: [%s]
    """
        .formatted(
            spec.namespace(),
            spec.name(),
            spec.name(),
            ports,
            present.isEmpty() ? "" : "\n" + present);
  }

  private static String endpointYaml(ServiceSpec spec, BackendSpec pod, EndpointState state) {
    String hostname =
        switch (spec.addressing()) {
          case CLUSTER_IP -> "";
          case HEADLESS -> "hostname: " + pod.name() + ", ";
        };
    String hints = state == EndpointState.READY ? ", hints: " + spec.distribution().hints(pod) : "";
    return """
      {addresses: [%s], %sconditions: {%s}, nodeName: %s, zone: %s,
        targetRef: {kind: Pod, namespace: %s, name: %s, uid: uid-%s}%s},
    """
        .formatted(
            pod.address(),
            hostname,
            state.conditions(),
            pod.node(),
            pod.zone(),
            spec.namespace(),
            pod.name(),
            pod.name(),
            hints);
  }
}

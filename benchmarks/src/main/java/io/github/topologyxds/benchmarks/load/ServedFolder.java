package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.benchmarks.SyntheticCluster;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.topology.settings.Balance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of manifests: a file for each Service with its slices, and one for the Nodes. Files are
 * written in place, as an editor does.
 */
record ServedFolder(Path folder, SyntheticCluster cluster, int endpoints, Balance balance)
    implements ServedWorld {
  private static final int ZONES = 3;

  static ServedFolder create(LoadPlan.World world) throws IOException {
    SyntheticCluster cluster = new SyntheticCluster(ZONES);
    ServedFolder served =
        new ServedFolder(
            Files.createTempDirectory("load-"), cluster, world.endpoints(), world.balance());
    StringBuilder nodes = new StringBuilder();
    cluster.nodes().forEach(object -> nodes.append(node(((ModelObject.OfNode) object).model())));
    Files.writeString(served.folder.resolve("nodes.yaml"), nodes);
    for (int service = 0; service < world.services(); service++) {
      served.add(service);
    }
    return served;
  }

  @Override
  public List<String> flags() {
    return List.of("--files", folder.toString(), "--balance", balance.label());
  }

  @Override
  public void change(int service, String address) throws IOException {
    write(service, address);
  }

  @Override
  public void add(int service) throws IOException {
    write(service, "");
  }

  private void write(int service, String first) throws IOException {
    StringBuilder text = new StringBuilder(service(service));
    for (ModelObject object : cluster.slices(service, endpoints, 1)) {
      text.append(slice(((ModelObject.OfSlice) object).model(), first));
    }
    Files.writeString(folder.resolve("svc-" + service + ".yaml"), text);
  }

  private static String node(NodeModel node) {
    return """
    apiVersion: v1
    kind: Node
    metadata:
      name: %s
      labels:
        topology.kubernetes.io/zone: %s
        topology.kubernetes.io/region: %s
    ---
    """
        .formatted(node.name(), node.zone(), node.region());
  }

  private static String service(int number) {
    return """
    apiVersion: v1
    kind: Service
    metadata:
      name: svc-%d
      namespace: bench
    spec:
      clusterIP: 10.96.%d.%d
      trafficDistribution: PreferSameZone
      ports:
        - {name: http, port: 80, protocol: TCP}
    ---
    """
        .formatted(number, number >> 8, number & 255);
  }

  private static String slice(SliceModel slice, String first) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: %s
              namespace: bench
              labels:
                kubernetes.io/service-name: %s
            addressType: IPv4
            ports:
              - {name: http, port: 8080, protocol: TCP}
            endpoints:
            """
                .formatted(slice.name().name(), slice.service().name()));
    String address = first;
    for (EndpointModel endpoint : slice.endpoints()) {
      text.append(endpoint(endpoint, address.isEmpty() ? endpoint.address() : address));
      address = "";
    }
    return text.append("---\n").toString();
  }

  private static String endpoint(EndpointModel endpoint, String address) {
    return """
      - addresses: [%s]
        nodeName: %s
        zone: %s
        conditions: {ready: true, serving: true, terminating: false}
        hints: {forZones: [{name: %s}]}
        targetRef: {kind: Pod, namespace: bench, name: pod, uid: %s}
    """
        .formatted(
            address, endpoint.nodeName(), endpoint.zone(), endpoint.zone(), endpoint.targetUid());
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}

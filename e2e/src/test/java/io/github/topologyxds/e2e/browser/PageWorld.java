package io.github.topologyxds.e2e.browser;

import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster in one file: zones with three Nodes each, and Services that ask for different things,
 * some of whose endpoints are not ready. The same numbers make the same cluster.
 */
record PageWorld(int zones, int services, int endpoints) {
  private static final List<String> DISTRIBUTIONS =
      List.of("PreferSameZone", "PreferSameNode", "none", "PreferSameZone", "PreferClose");
  private static final List<String> NAMES = List.of("cart", "web", "pay", "search", "ledger");
  private static final int NODES_PER_ZONE = 3;

  /** Writes it into a folder. */
  void write(Path folder) throws IOException {
    WorkspaceFiles.replace(folder.resolve("world.yaml"), yaml());
  }

  List<String> zoneNames() {
    return IntStream.range(0, zones).mapToObj(i -> "zone-" + (char) ('a' + i)).toList();
  }

  List<String> nodeNames() {
    return IntStream.range(0, zones * NODES_PER_ZONE)
        .mapToObj(i -> "node-" + zone(i).substring("zone-".length()) + (i % NODES_PER_ZONE + 1))
        .toList();
  }

  /** {@code namespace/name} of each Service. */
  List<String> serviceNames() {
    return IntStream.range(0, services).mapToObj(i -> "shop/" + name(i)).toList();
  }

  private String zone(int node) {
    return zoneNames().get(node / NODES_PER_ZONE);
  }

  private static String name(int service) {
    return service < NAMES.size() ? NAMES.get(service) : "service-%03d".formatted(service);
  }

  String yaml() {
    List<String> documents = new ArrayList<>();
    List<String> nodes = nodeNames();
    for (int i = 0; i < nodes.size(); i++) {
      documents.add(
          "{apiVersion: v1, kind: Node, metadata: {name: %s, labels: {topology.kubernetes.io/zone: %s}}}"
              .formatted(nodes.get(i), zone(i)));
    }
    Random random = new Random(1);
    for (int i = 0; i < services; i++) {
      documents.add(service(i));
      // The last one has no endpoint: the worst that there is.
      if (i != NAMES.size() - 1) {
        documents.add(slice(i, random));
      }
    }
    return String.join("\n---\n", documents) + "\n";
  }

  private static String service(int i) {
    String distribution = DISTRIBUTIONS.get(i % DISTRIBUTIONS.size());
    return """
    {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: %s},
     spec: {clusterIP: 10.96.%d.%d, ports: [{name: http, port: 80}, {name: grpc, port: 9090}]%s}}\
    """
        .formatted(
            name(i),
            i / 250,
            i % 250 + 1,
            distribution.equals("none") ? "" : ", trafficDistribution: " + distribution);
  }

  private String slice(int i, Random random) {
    List<String> nodes = nodeNames();
    String all =
        IntStream.range(0, endpoints)
            .mapToObj(e -> {
              int node = random.nextInt(nodes.size());
              return "  {addresses: [10.%d.%d.%d], zone: %s, nodeName: %s, conditions: {ready: %s}}"
                  .formatted(
                      i / 200 + 1,
                      i % 200,
                      e + 1,
                      zone(node),
                      nodes.get(node),
                      random.nextInt(8) > 0);
            })
            .collect(Collectors.joining(",\n"));
    return """
    {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
     metadata: {namespace: shop, name: %s-x7k2p, labels: {kubernetes.io/service-name: %s}},
     ports: [{name: http, port: 8080}, {name: grpc, port: 9090}],
     endpoints: [
    %s]}\
    """
        .formatted(name(i), name(i), all);
  }
}

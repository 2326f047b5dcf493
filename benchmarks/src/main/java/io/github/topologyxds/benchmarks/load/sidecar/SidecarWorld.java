package io.github.topologyxds.benchmarks.load.sidecar;

import io.github.topologyxds.benchmarks.load.ServedWorld;
import io.github.topologyxds.demo.workspace.TemporaryFolder;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A folder of Services with three endpoints each, one in each zone, which are the same for all and
 * answer. A file for each Service: {@code svc-0} and so on, in namespace {@code bench}.
 */
record SidecarWorld(TemporaryFolder folder, Counts counts, int backendPort) implements ServedWorld {
  /** Where Services are. */
  static final String CIDR = "10.96.0.0/12";

  static final int HTTP_PORT = 80;
  static final int TCP_PORT = 5432;

  private static final int NODES = 30;
  private static final int ZONES = 3;

  /**
   * How many Services there are of each kind; they are numbered in this order.
   *
   * @param http on port 80, said to be HTTP by the port's name
   * @param tcp on port 5432
   * @param undeclared on port 80, of which nothing is said
   */
  record Counts(int http, int tcp, int undeclared) {
    int all() {
      return http + tcp + undeclared;
    }

    boolean isTcp(int service) {
      return service >= http && service < http + tcp;
    }

    boolean isUndeclared(int service) {
      return service >= http + tcp && service < all();
    }

    /** Returns so many of all, at equal distances. */
    List<Integer> spread(int count) {
      return IntStream.range(0, count).map(i -> (int) ((long) i * all() / count)).boxed().toList();
    }
  }

  /** Writes it. */
  static SidecarWorld create(Counts counts, int backendPort) throws IOException {
    SidecarWorld world = new SidecarWorld(TemporaryFolder.create("sidecar"), counts, backendPort);
    StringBuilder nodes = new StringBuilder();
    for (int node = 0; node < NODES; node++) {
      nodes.append(
          """
          apiVersion: v1
          kind: Node
          metadata: {name: node-%d, labels: {topology.kubernetes.io/zone: zone-%d}}
          ---
          """
              .formatted(node, node % ZONES));
    }
    Files.writeString(world.folder.path().resolve("nodes.yaml"), nodes);
    for (int service = 0; service < counts.all(); service++) {
      world.add(service);
    }
    return world;
  }

  /** Returns the address of an endpoint of every Service. */
  static String backend(int zone) {
    return "127.1." + (zone + 1) + ".1";
  }

  /** Returns the clusterIP of a Service. */
  static String clusterIp(int service) {
    return "10.96." + (1 + (service >> 8)) + "." + (service & 255);
  }

  /** Returns the port of a Service. */
  int port(int service) {
    return counts.isTcp(service) ? TCP_PORT : HTTP_PORT;
  }

  @Override
  public List<String> flags() {
    return List.of("--files", folder.path().toString(), "--service-cidrs", CIDR);
  }

  @Override
  public void add(int service) throws IOException {
    write(service, backend(0));
  }

  @Override
  public void change(int service, String address) throws IOException {
    write(service, address);
  }

  private void write(int service, String first) throws IOException {
    String name = counts.isTcp(service) ? "pg" : counts.isUndeclared(service) ? "" : "http";
    WorkspaceFiles.replace(
        folder.path().resolve("svc-" + service + ".yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: bench, name: svc-%1$d}
        spec: {clusterIP: %2$s, trafficDistribution: PreferSameZone, ports: [{name: "%3$s", port: %4$d}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {namespace: bench, name: svc-%1$d-1, labels: {kubernetes.io/service-name: svc-%1$d}}
        addressType: IPv4
        ports: [{name: "%3$s", port: %5$d, protocol: TCP}]
        endpoints:
        - {addresses: [%6$s], zone: zone-0, conditions: {ready: true}, hints: {forZones: [{name: zone-0}]}}
        - {addresses: [%7$s], zone: zone-1, conditions: {ready: true}, hints: {forZones: [{name: zone-1}]}}
        - {addresses: [%8$s], zone: zone-2, conditions: {ready: true}, hints: {forZones: [{name: zone-2}]}}
        """
            .formatted(
                service,
                clusterIp(service),
                name,
                port(service),
                backendPort,
                first,
                backend(1),
                backend(2)));
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}

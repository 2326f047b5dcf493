package io.github.topologyxds.e2e.ondemand;

import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Services of namespace shop in a folder, each with an HTTP port and a TCP one, whose endpoints are
 * the same three backends and always answer, whatever is changed.
 */
final class ManyServices {
  static final int HTTP = 80;
  static final int TCP = 5432;

  private static final int ZONES = 3;
  private static final String[] PROTOCOLS = {"http", "kubernetes.io/h2c"};

  private final Path folder;
  private final int backendPort;
  private final Random random = new Random(15);

  // Owner: the thread of the test.
  private final int[] addresses;
  private final int[] names;
  private final int[] protocols;
  private final int[] missing;

  /** So many, in this folder. */
  ManyServices(Path folder, int count, int backendPort) throws IOException {
    this.folder = folder;
    this.backendPort = backendPort;
    addresses = IntStream.range(0, count).toArray();
    names = new int[count];
    protocols = new int[count];
    missing = IntStream.range(0, count).map(i -> -1).toArray();
    for (int service = 0; service < count; service++) {
      write(service);
    }
  }

  int count() {
    return addresses.length;
  }

  /** Returns the addresses of the backends. */
  static String backend(int zone) {
    return "127.1." + (zone + 1) + ".99";
  }

  /** Returns one of the addresses that are always a Service's, whichever it is. */
  static String address(int number) {
    return "10.96." + (1 + (number >> 8)) + "." + (number & 255);
  }

  static String host(int service) {
    return "s" + service + ".shop";
  }

  /** An endpoint goes, or one that went comes back. */
  void moveEndpoint() throws IOException {
    int service = random.nextInt(count());
    missing[service] = missing[service] < 0 ? random.nextInt(ZONES) : -1;
    write(service);
  }

  /** The names of both ports change, in the Service and its slice. */
  void renamePorts() throws IOException {
    int service = random.nextInt(count());
    names[service]++;
    write(service);
  }

  /** Two Services swap their clusterIPs. */
  void moveClusterIps() throws IOException {
    int one = random.nextInt(count());
    int other = random.nextInt(count());
    int address = addresses[one];
    addresses[one] = addresses[other];
    addresses[other] = address;
    write(one);
    write(other);
  }

  /** The clusters of all are others: HTTP/2 to their endpoints, or HTTP/1.1 again. */
  void changeAllClusters() throws IOException {
    for (int service = 0; service < count(); service++) {
      protocols[service] = 1 - protocols[service];
      write(service);
    }
  }

  private void write(int service) throws IOException {
    StringBuilder endpoints = new StringBuilder();
    for (int zone = 0; zone < ZONES; zone++) {
      if (zone != missing[service]) {
        endpoints.append(
            "- {addresses: [%s], zone: zone-%c, conditions: {ready: true}}\n"
                .formatted(backend(zone), 'a' + zone));
      }
    }
    WorkspaceFiles.replace(
        folder.resolve("s" + service + ".yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: s%1$d}
        spec:
          clusterIP: %2$s
          trafficDistribution: PreferSameZone
          ports:
          - {name: http-%3$d, port: %4$d, appProtocol: %5$s}
          - {name: pg-%3$d, port: %6$d}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {namespace: shop, name: s%1$d-1, labels: {kubernetes.io/service-name: s%1$d}}
        addressType: IPv4
        ports: [{name: http-%3$d, port: %7$d}, {name: pg-%3$d, port: %7$d}]
        endpoints:
        %8$s\
        """
            .formatted(
                service,
                address(addresses[service]),
                names[service],
                HTTP,
                PROTOCOLS[protocols[service]],
                TCP,
                backendPort,
                endpoints));
  }
}

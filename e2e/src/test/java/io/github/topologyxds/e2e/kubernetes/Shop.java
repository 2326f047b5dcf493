package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The Service shop/web with real backends on loopback, in the substitute's store. (The API refuses
 * loopback addresses; the store takes them.)
 */
public final class Shop implements AutoCloseable {
  private final ApiServer api;
  private final List<EchoBackend> backends = new ArrayList<>();

  /** Two of the three backends are in the slice at first; all listen on this port. */
  public Shop(ApiServer api, int port) throws IOException {
    this.api = api;
    for (int i = 1; i <= 3; i++) {
      backends.add(
          EchoBackend.start(
              new BackendSpec("web-" + i, zone(i), "node-" + letter(i), "127.7.0." + i, port)));
    }
    for (int i = 1; i <= 2; i++) {
      node(i, zone(i));
    }
    service("web");
    endpoints(1, 2);
  }

  private static char letter(int number) {
    return (char) ('a' + (number - 1) % 2);
  }

  private static String zone(int number) {
    return "zone-" + letter(number);
  }

  /** Writes a Node; "" leaves its zone out. */
  void node(int number, String zone) {
    String label = zone.isEmpty() ? "" : "topology.kubernetes.io/zone: " + zone;
    api.put(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: node-%c, labels: {%s}}
        """
            .formatted(letter(number), label));
  }

  void service(String name) {
    api.put(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: shop}
        spec: {trafficDistribution: PreferSameZone, ports: [{name: http, port: 80}]}
        """
            .formatted(name));
  }

  /** Writes the slice of shop/web with these of the three backends. */
  public void endpoints(int... numbers) {
    endpointsOf("web", numbers);
  }

  /** Writes another Service in front of these of the three backends. */
  public void another(String name, int... numbers) {
    service(name);
    endpointsOf(name, numbers);
  }

  /** Returns how many requests one of the three backends has got. */
  public long requests(int number) {
    return backends.get(number - 1).requests();
  }

  private void endpointsOf(String service, int... numbers) {
    String endpoints =
        IntStream.of(numbers)
            .mapToObj(i -> {
              BackendSpec spec = backends.get(i - 1).spec();
              return "- {addresses: [\"%s\"], nodeName: %s, zone: %s, conditions: {ready: true}}"
                  .formatted(spec.address(), spec.node(), spec.zone());
            })
            .collect(Collectors.joining("\n"));
    slice(service, backends.getFirst().spec().port(), endpoints);
  }

  /** Writes a Service with one endpoint that nobody answers at. */
  void other(String name, String address) {
    service(name);
    slice(name, 8080, "- {addresses: [\"%s\"]}".formatted(address));
  }

  private void slice(String service, int port, String endpoints) {
    String manifest =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: %1$s-1
          namespace: shop
          labels: {kubernetes.io/service-name: %1$s}
        addressType: IPv4
        ports: [{name: http, port: %2$d, protocol: TCP}]
        endpoints:
        %3$s
        """
            .formatted(service, port, endpoints);
    api.load(manifest);
  }

  /** Begins to send requests to shop/web through a proxy. */
  SteadyTraffic traffic(LiveBench bench) {
    return new SteadyTraffic(
        new LoadGenerator(bench.envoy().outbound(), LoadRequest.get("web.shop.svc.cluster.local")));
  }

  @Override
  public void close() {
    backends.forEach(EchoBackend::close);
  }
}

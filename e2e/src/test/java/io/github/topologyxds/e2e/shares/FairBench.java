package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Three Envoys that send the same, and one of nine endpoints in zone-a: what each endpoint gets is
 * counted at the backends. Nobody but the Envoys tells the demand: by the Nodes' CPU everything
 * would stay.
 */
final class FairBench implements AutoCloseable {
  private static final List<String> ZONES = List.of("a", "b", "b", "b", "b", "c", "c", "c", "c");
  private static final List<String> NODES = List.of("node-a1", "node-b1", "node-c1");
  private static final int REQUESTS = 3000;

  private final List<EchoBackend> backends = new ArrayList<>();
  private final List<EnvoyProcess> envoys = new ArrayList<>();
  private final int port = FreePorts.next();

  /** Starts the backends. */
  FairBench() throws IOException {
    for (int endpoint = 0; endpoint < ZONES.size(); endpoint++) {
      String address = ShareWorld.address(endpoint);
      backends.add(EchoBackend.start(new BackendSpec(address, "", "", address, port)));
    }
  }

  /**
   * What the backends have counted.
   *
   * @param fullest the most requests of an endpoint, in means
   * @param crossing the part of all requests that left its zone
   */
  record Spread(double fullest, double crossing) {}

  /** Starts an Envoy in each zone behind this server, and waits until all of them serve. */
  void connect(int xdsPort) throws IOException {
    for (String node : NODES) {
      int ports = FreePorts.next(2);
      envoys.add(
          EnvoyProcess.start(
              EnvoyBinary.find(),
              EnvoySpec.of(
                  BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on(node))
                      .withPorts(new ProxyPorts(ports, ports + 1))
                      .withXds(XdsAddress.parse("127.0.0.1:" + xdsPort)))));
    }
    for (int envoy = 0; envoy < envoys.size(); envoy++) {
      LoadGenerator load = load(envoy);
      Wait.until("a route").until(() -> ShareBench.answers(load));
    }
  }

  /** Sends a little from every Envoy, at once, as much as reports need to count. */
  void warmUp() {
    try (var a = load(0).start(LoadBounds.of(500, 2));
        var b = load(1).start(LoadBounds.of(500, 2));
        var c = load(2).start(LoadBounds.of(500, 2))) {
      assertThat(a.await().failed() + b.await().failed() + c.await().failed()).isZero();
    }
  }

  /** Waits until the Envoy in zone a has its shares: its requests reach zone b. */
  void awaitShares() {
    Wait.until("shares at the Envoy in zone a")
        .until(() ->
            load(0).run(LoadBounds.of(20, 1)).failed() == 0
                && backends.get(1).requestsByClient().getOrDefault("a", 0L) > 0);
  }

  /** Sends 3,000 requests from every Envoy. */
  Spread send() {
    backends.forEach(EchoBackend::resetCounts);
    for (int envoy = 0; envoy < envoys.size(); envoy++) {
      LoadResult result = load(envoy).run(LoadBounds.of(REQUESTS, 4));
      assertThat(result.failed()).as(result.firstError()).isZero();
    }
    long all = 0;
    long most = 0;
    long stayed = 0;
    for (int backend = 0; backend < backends.size(); backend++) {
      long requests = backends.get(backend).requests();
      all += requests;
      most = Math.max(most, requests);
      stayed += backends.get(backend).requestsByClient().getOrDefault(ZONES.get(backend), 0L);
    }
    assertThat(all).isEqualTo((long) REQUESTS * envoys.size());
    return new Spread((double) most * ZONES.size() / all, 1 - (double) stayed / all);
  }

  private LoadGenerator load(int envoy) {
    return new LoadGenerator(
        envoys.get(envoy).outbound(),
        LoadRequest.get("cart.shop")
            .withHeader(EchoBackend.CLIENT_HEADER, "abc".substring(envoy, envoy + 1)));
  }

  /**
   * Returns Nodes as YAML.
   *
   * @param cpus {@code a1: 8} for node-a1 in zone a with eight cores
   */
  static String nodes(String... cpus) {
    StringBuilder yaml = new StringBuilder();
    for (String node : cpus) {
      yaml.append(
          """
          apiVersion: v1
          kind: Node
          metadata: {name: node-%s, labels: {topology.kubernetes.io/zone: %s}}
          status: {allocatable: {cpu: "%s"}}
          ---
          """
              .formatted(node.substring(0, 2), node.substring(0, 1), node.substring(4)));
    }
    return yaml.toString();
  }

  /** Returns the objects, with zone-a that has hardly any CPU. */
  String yaml(String balance) {
    StringBuilder yaml = new StringBuilder(nodes("a1: 1", "b1: 64", "c1: 64"));
    yaml.append(
        """
        apiVersion: v1
        kind: Service
        metadata:
          namespace: shop
          name: cart
          annotations: {topology-xds.io/balance: %s}
        spec:
          clusterIP: 10.97.0.1
          trafficDistribution: PreferSameZone
          ports: [{name: http, port: 80}]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          namespace: shop
          name: cart-1
          labels: {kubernetes.io/service-name: cart}
        addressType: IPv4
        ports: [{name: http, port: %d}]
        endpoints:
        """
            .formatted(balance, port));
    IntStream.range(0, ZONES.size())
        .forEach(endpoint ->
            yaml.append(
                "- {addresses: [%s], zone: %s}\n"
                    .formatted(ShareWorld.address(endpoint), ZONES.get(endpoint))));
    return yaml.toString();
  }

  @Override
  public void close() {
    envoys.forEach(EnvoyProcess::close);
    backends.forEach(EchoBackend::close);
  }
}

package io.github.topologyxds.e2e.proxyless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.bootstrap.XdsTls;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.GrpcEcho;
import io.github.topologyxds.serve.ControlPlane;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A gRPC library with nothing but the bootstrap of {@code bootstrap --kind grpc --token-file} shows
 * its Pod's token to a server that lets nobody in without.
 */
@Tag("grpc")
class GrpcTokenTest {
  @TempDir private Path folder = Path.of("");

  /** The libraries that know {@code call_creds}: grpc-java 1.85.1 does not. */
  enum Library {
    GO,
    CPP;

    ProxylessClient start(String bootstrap, String name) throws Exception {
      return switch (this) {
        case GO -> GrpcGoTest.client(bootstrap, name);
        case CPP -> GrpcPythonTest.client(bootstrap, name);
      };
    }
  }

  @BeforeEach
  void certificates() throws Exception {
    AuthenticatingServer.writeCertificates(folder, "authority");
  }

  /** It claims node-a, and its token proves node-b: so it was shown, and it counts. */
  @ParameterizedTest
  @EnumSource
  void goesWhereItsTokensNodeIsNear(Library library) throws Exception {
    int port = FreePorts.next();
    GrpcEcho near = new GrpcEcho("zone-b", new InetSocketAddress("127.7.0.2", port));
    GrpcEcho claimed = new GrpcEcho("zone-a", new InetSocketAddress("127.7.0.1", port));
    try (ApiServer api = ApiServer.start()) {
      api.load(manifests(port));
      Files.writeString(
          folder.resolve("token"),
          api.tokens().podToken("shop", "front-1", "node-b", Duration.ofHours(1)));
      try (ControlPlane controlPlane = AuthenticatingServer.start(api, folder, 0);
          ProxylessClient client = library.start(bootstrap(controlPlane), "cart.shop:80")) {
        assertThat(client.call(50)).containsExactly(Map.entry("zone-b", 50L));
      }
    } finally {
      near.die();
      claimed.die();
    }
  }

  private static String manifests(int port) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: node-a, labels: {topology.kubernetes.io/zone: zone-a}}
    ---
    apiVersion: v1
    kind: Node
    metadata: {name: node-b, labels: {topology.kubernetes.io/zone: zone-b}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop}
    spec: {trafficDistribution: PreferSameZone, ports: [{name: grpc, port: 80, appProtocol: grpc}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}}
    addressType: IPv4
    ports: [{name: grpc, port: %d, protocol: TCP, appProtocol: grpc}]
    endpoints:
    - {addresses: ["127.7.0.1"], nodeName: node-a, zone: zone-a, conditions: {ready: true}}
    - {addresses: ["127.7.0.2"], nodeName: node-b, zone: zone-b, conditions: {ready: true}}
    """
        .formatted(port);
  }

  private String bootstrap(ControlPlane controlPlane) {
    return BootstrapTemplate.render(
        BootstrapSettings.of(BootstrapKind.GRPC, Bench.inShop("node-a"))
            .withXds(new XdsAddress("127.0.0.1", controlPlane.xdsPort()))
            .withTls(
                new XdsTls(
                    folder.resolve("ca.crt").toString(),
                    null,
                    Optional.of(folder.resolve("token").toString()),
                    Optional.empty())));
  }
}

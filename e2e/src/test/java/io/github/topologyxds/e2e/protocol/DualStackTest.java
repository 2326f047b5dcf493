package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod whose address in the primary family does not answer is reached in the other one. */
class DualStackTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void isReachedByTheAddressThatAnswers() throws Exception {
    int port = FreePorts.next();
    BackendSpec spec = new BackendSpec("web-1", "zone-a", "node-a", "127.7.1.1", port);
    Files.writeString(folder.resolve("web.yaml"), service(port, spec.address()));
    try (EchoBackend backend = EchoBackend.start(spec);
        ControlPlane server = ServedFolder.start(folder);
        EnvoyProcess envoy = new Sidecars(server.xdsPort(), XdsProtocol.DELTA).start("node-a")) {
      LoadResult result =
          new LoadGenerator(envoy.outbound(), LoadRequest.get("web.shop"))
              .run(LoadBounds.of(30, 2));
      assertThat(backend.spec()).isEqualTo(spec);
      assertThat(result.status(200))
          .as(result.byStatus() + " " + result.firstError())
          .isEqualTo(30);
      assertThat(EnvoyState.rejections(envoy)).isZero();
    }
  }

  /** Nobody listens at the Pod's IPv6 address. */
  private static String service(int port, String ipv4) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec: {ipFamilies: [IPv6, IPv4], ports: [{name: http, port: 80}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: web-6, namespace: shop, labels: {kubernetes.io/service-name: web}}
    addressType: IPv6
    ports: [{name: http, port: %1$d}]
    endpoints: [{addresses: ["%2$s"], targetRef: {kind: Pod, name: p, uid: u}}]
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: web-4, namespace: shop, labels: {kubernetes.io/service-name: web}}
    addressType: IPv4
    ports: [{name: http, port: %1$d}]
    endpoints: [{addresses: ["%3$s"], targetRef: {kind: Pod, name: p, uid: u}}]
    """
        .formatted(port, "::1", ipv4);
  }
}

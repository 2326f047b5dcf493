package io.github.topologyxds.e2e.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipe of docs/examples/gateways/contour.yaml, in a configuration that Contour has made;
 * README.md beside it says how.
 */
class ContourTest extends GatewayScenario {
  private static final Path FIXTURE = Path.of("src", "test", "resources", "gateways", "contour");

  private static final String EXTENSION = "extension/shop/auth";
  private static final int REQUESTS = 400;

  @TempDir private Path folder = Path.of("");

  private final ProxyPorts ports;
  private final ProxyPorts routerPorts;

  ContourTest() throws IOException {
    int port = FreePorts.next(4);
    ports = new ProxyPorts(port, port + 1);
    routerPorts = new ProxyPorts(port + 2, port + 3);
  }

  /**
   * Contour and the router before it, started.
   *
   * @param envoy to be started
   */
  private record Gateway(RecordedContour contour, EnvoySpec envoy) {}

  private Gateway gateway() throws Exception {
    ContourConfig config = new ContourConfig(FIXTURE.resolve("generated.json"), "node-a", folder);
    RecordedContour contour =
        new RecordedContour(config.resources(ports.listener()), config.certificates());
    bench.closing(contour::close);
    start(config.router(routerPorts, contour.port(), bench.xdsPort()));
    return new Gateway(contour, config.gateway(ports));
  }

  @Test
  void routesNearByItsNodeAndFollowsReadiness() throws Exception {
    routesNearFailsOverAndBackByReadiness(gateway().envoy(), "cart.example.com");
  }

  /**
   * Contour throws no endpoint out, and its retries stay at one priority: a zone that is dead and
   * called ready fails, unless the HTTPProxy has Envoy check its health. (The port of this one has
   * no name.)
   */
  @Test
  void aDeadZoneThatIsCalledReadyIsLeftByHealthChecksAlone() throws Exception {
    Workload cart =
        bench.workload(ServiceSpec.of("shop", "cart").withPort("http", 80, FreePorts.next()), 4);
    Workload pay =
        bench.workload(ServiceSpec.of("shop", "pay").withPort("", 80, FreePorts.next()), 4);
    cart.backends(NEAR).forEach(EchoBackend::close);
    pay.backends(NEAR).forEach(EchoBackend::close);
    Gateway gateway = gateway();
    bench.startServer();
    EnvoyProcess envoy = start(gateway.envoy());
    LoadGenerator client = new LoadGenerator(envoy.outbound(), LoadRequest.get("pay.example.com"));
    Wait.until("the first health check")
        .until(() -> client.run(LoadBounds.of(1, 1)).byStatus().containsKey(200));
    LoadResult result = client.run(LoadBounds.of(REQUESTS, 10));
    assertThat(result.failed()).as(result.firstError()).isZero();

    result =
        new LoadGenerator(envoy.outbound(), LoadRequest.get("cart.example.com"))
            .run(LoadBounds.of(REQUESTS, 10));
    assertThat(result.failed()).isEqualTo(REQUESTS);
    assertThat(cart.counted()).isZero();
  }

  /** topology-xds has no ExtensionServices: an empty answer would take them away. */
  @Test
  void extensionServicesStayWithContour() throws Exception {
    Gateway gateway = gateway();
    bench.startServer();
    EnvoyProcess envoy = start(gateway.envoy());
    Wait.until("the endpoint of the ExtensionService")
        .until(() -> envoy.clusters().contains("192.0.2.9"));
    assertThat(gateway.contour().endpointsAskedFor()).containsExactly(EXTENSION);
  }

  /** What the recipe says stands in what was made of it; what Contour says of failover, too. */
  @Test
  void isMadeOfTheRecipe() throws Exception {
    String generated = Files.readString(FIXTURE.resolve("generated.json"));
    String recipe = Files.readString(EXAMPLES.resolve("contour.yaml"));
    assertThat(Files.readString(FIXTURE.resolve("recipe.yaml"))).isEqualTo(recipe);
    assertThat(generated)
        .contains(
            "\"serviceName\": \"shop/cart/http\"",
            "\"serviceName\": \"shop/pay\"",
            "\"serviceName\": \"" + EXTENSION + "\"",
            "\"NODE_NAME\": \"$(NODE_NAME)\"",
            "\"healthyPanicThreshold\": {}")
        .doesNotContain("outlierDetection");
  }
}

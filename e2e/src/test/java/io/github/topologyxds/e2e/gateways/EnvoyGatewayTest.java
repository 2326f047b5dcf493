package io.github.topologyxds.e2e.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipe of docs/examples/gateways/envoy-gateway.yaml, in a configuration that Envoy Gateway
 * has made; README.md beside it says how.
 */
class EnvoyGatewayTest extends GatewayScenario {
  private static final Path FIXTURE =
      Path.of("src", "test", "resources", "gateways", "envoy-gateway");

  @TempDir private Path folder = Path.of("");

  EnvoyGatewayTest() throws IOException {}

  /** Its topology injector tells the zone in {@code node.locality}. */
  @Test
  void routesNearByItsZone() throws Exception {
    routesNear(Map.of("NODE_NAME", "", "ENVOY_SERVICE_ZONE", "zone-a"));
  }

  /** The Node goes before a zone, which is wrong here. */
  @Test
  void routesNearByItsNode() throws Exception {
    routesNear(Map.of("NODE_NAME", "node-a", "ENVOY_SERVICE_ZONE", "zone-b"));
  }

  private void routesNear(Map<String, String> pod) throws IOException {
    int port = FreePorts.next(2);
    EnvoyGatewayConfig config =
        new EnvoyGatewayConfig(FIXTURE.resolve("generated.json"), pod, folder);
    routesNearFailsOverAndBack(
        config.spec(new ProxyPorts(port, port + 1), bench.xdsPort()), "cart.example.com");
  }

  /** What the recipe says stands in what was made of it. */
  @Test
  void isMadeOfTheRecipe() throws Exception {
    String generated = Files.readString(FIXTURE.resolve("generated.json"));
    String recipe = Files.readString(EXAMPLES.resolve("envoy-gateway.yaml"));
    assertThat(Files.readString(FIXTURE.resolve("recipe.yaml"))).isEqualTo(recipe);
    assertThat(generated).contains("\"serviceName\": \"//cart.shop:80\"", "$(NODE_NAME)");
  }
}

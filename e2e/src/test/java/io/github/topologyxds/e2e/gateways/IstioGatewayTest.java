package io.github.topologyxds.e2e.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipe of docs/examples/gateways/istio.yaml, in a configuration that Istio has made;
 * README.md beside it says how.
 */
class IstioGatewayTest extends GatewayScenario {
  private static final Path FIXTURE = Path.of("src", "test", "resources", "gateways", "istio");

  @TempDir private Path folder = Path.of("");

  IstioGatewayTest() throws IOException {}

  @Test
  void routesNearByTheNodeThatIstioTells() throws Exception {
    int port = FreePorts.next(2);
    IstioGatewayConfig config =
        new IstioGatewayConfig(FIXTURE.resolve("generated.json"), "node-a", folder);
    routesNearFailsOverAndBack(
        config.spec(new ProxyPorts(port, port + 1), bench.xdsPort()), "cart.example.com");
  }

  /** What the recipe says stands in what was made of it. */
  @Test
  void isMadeOfTheRecipe() throws Exception {
    String generated = Files.readString(FIXTURE.resolve("generated.json"));
    String recipe = Files.readString(EXAMPLES.resolve("istio.yaml"));
    assertThat(Files.readString(FIXTURE.resolve("recipe.yaml"))).isEqualTo(recipe);
    assertThat(generated)
        .contains("\"serviceName\": \"//cart.shop:80\"", "\"NODE_NAME\": \"$(NODE_NAME)\"");
  }
}

package io.github.topologyxds.e2e.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;

/** A Service in two zones, and a gateway in the first that somebody else has configured. */
abstract class GatewayScenario {
  static final Path EXAMPLES = Path.of("..", "docs", "examples", "gateways");

  private static final int REQUESTS = 400;
  static final Predicate<BackendSpec> NEAR = Workload.inZone("zone-a");

  final Bench bench = new Bench(new ProcessEnvoyRunner());

  GatewayScenario() throws IOException {
    bench.world().zones(2);
  }

  @AfterEach
  void end() throws IOException {
    bench.close();
  }

  /** What is done to the Service while there is traffic. */
  @FunctionalInterface
  private interface Change {
    void of(Workload cart) throws IOException;
  }

  /**
   * Requests go near, to the other zone while the near endpoints are not ready or dead, and back;
   * none fails.
   *
   * @param authority of the requests
   */
  final void routesNearFailsOverAndBack(EnvoySpec spec, String authority) throws IOException {
    routesNear(
        spec,
        authority,
        cart -> {
          failOverAndBack(cart);
          cart.mark(EndpointState.UNREADY, NEAR);
          cart.awaitOnly(NEAR.negate());
          // Dead, and called ready: nothing was under way there.
          cart.backends(NEAR).forEach(EchoBackend::close);
          cart.mark(EndpointState.READY, NEAR);
          cart.awaitMore(500, NEAR.negate());
        });
  }

  /**
   * Requests go near, to the other zone while the near endpoints are not ready, and back; none
   * fails.
   *
   * @param authority of the requests
   */
  final void routesNearFailsOverAndBackByReadiness(EnvoySpec spec, String authority)
      throws IOException {
    routesNear(spec, authority, GatewayScenario::failOverAndBack);
  }

  private static void failOverAndBack(Workload cart) throws IOException {
    cart.mark(EndpointState.UNREADY, NEAR);
    cart.awaitOnly(NEAR.negate());
    cart.mark(EndpointState.READY, NEAR);
    cart.awaitOnly(NEAR);
  }

  private void routesNear(EnvoySpec spec, String authority, Change change) throws IOException {
    Workload cart =
        bench.workload(ServiceSpec.of("shop", "cart").withPort("http", 80, FreePorts.next()), 4);
    bench.startServer();
    EnvoyProcess envoy = start(spec);
    LoadGenerator client = new LoadGenerator(envoy.outbound(), LoadRequest.get(authority));
    Wait.until("the gateway to serve")
        .until(() -> client.run(LoadBounds.of(1, 1)).byStatus().containsKey(200));
    cart.resetCounts();

    LoadResult result = client.run(LoadBounds.of(REQUESTS, 10));
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(cart.counted(NEAR)).isEqualTo(REQUESTS);

    try (RunningLoad traffic = client.start(10)) {
      change.of(cart);
      result = traffic.stop();
    }
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(envoy.statsMatching("update_rejected").values()).allMatch(count -> count == 0);
  }

  /** Starts an Envoy, which ends with the bench. */
  final EnvoyProcess start(EnvoySpec spec) throws IOException {
    EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.find(), spec);
    bench.closing(envoy::close);
    return envoy;
  }
}

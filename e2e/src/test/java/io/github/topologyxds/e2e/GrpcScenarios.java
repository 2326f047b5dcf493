package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.GrpcClients;
import io.github.topologyxds.e2e.bench.GrpcEcho;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** gRPC through the sidecar, to a port that speaks HTTP/2 only, beside one with HTTP/1.1. */
abstract class GrpcScenarios extends EnvoyScenario {
  private final List<GrpcEcho> servers = new ArrayList<>();

  GrpcScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @Test
  void callsGoToTheNearestAndFailOver() throws Exception {
    bench.world().zones(3);
    Workload checkout = checkout();
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    try (GrpcClients clients = new GrpcClients(proxy.http(), "checkout.shop:9090")) {
      assertThat(clients.call(500)).containsExactly(Map.entry("zone-a", 500L));
      assertThat(proxy.send(500, checkout).failed()).as("HTTP/1.1 on port 80").isZero();
      assertThat(checkout.counted(NEAR)).isEqualTo(500);

      checkout.mark(EndpointState.UNREADY, NEAR);
      proxy.awaitHealthy(checkout, FAR);
      assertThat(onlyFar(clients)).as("unready").isTrue();
      checkout.mark(EndpointState.READY, NEAR);
      proxy.awaitHealthy(checkout, ALL);
      assertThat(clients.call(500)).containsExactly(Map.entry("zone-a", 500L));

      servers.stream().filter(server -> server.zone().equals("zone-a")).forEach(GrpcEcho::die);
      assertThat(onlyFar(clients)).as("dead, and called ready").isTrue();
    }
    assertThat(servers.stream().mapToLong(GrpcEcho::calls).sum()).isEqualTo(5000);
  }

  private static boolean onlyFar(GrpcClients clients) throws InterruptedException {
    Map<String, Long> answers = clients.call(2000);
    report("gRPC", answers);
    return answers.keySet().equals(Set.of("zone-b", "zone-c"));
  }

  /** The gRPC servers listen on the Pods' addresses, beside the echo backends. */
  private Workload checkout() throws IOException {
    int grpcPort = FreePorts.next();
    ServiceSpec spec =
        ServiceSpec.of(Bench.NAMESPACE, "checkout")
            .withPort("http", 80, FreePorts.next())
            .withPort(new ServiceSpec.Port("grpc", 9090, grpcPort, "kubernetes.io/h2c"));
    Workload checkout = bench.workload(spec, 2);
    for (var backend : checkout.backends(ALL)) {
      BackendSpec pod = backend.spec();
      GrpcEcho server = new GrpcEcho(pod.zone(), new InetSocketAddress(pod.address(), grpcPort));
      servers.add(server);
      bench.closing(server::die);
    }
    return checkout;
  }
}

package io.github.topologyxds.e2e.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.captured.CapturingSidecar;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.ServerLink;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.replicas.StreamFleet;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ondemand.Destinations;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real sidecar on demand while all changes that it uses, and its server goes four times. */
@Tag("hostile")
class UnderFireTest {
  static final OnDemandListeners CAUGHT =
      new OnDemandListeners(
          List.of(Cidr.parse("10.96.0.0/16").orElseThrow()),
          new Destinations(new TreeSet<>(Set.of(ManyServices.HTTP)), List.of()),
          "cluster.local");

  private static final int SERVICES = 500;
  private static final int REQUESTS = 9_000;
  private static final int RESTARTS = 4;
  private static final int CHANGES_A_ROUND = 50;

  private final Bench bench = new Bench(new ProcessEnvoyRunner());
  private final int backendPort = FreePorts.next();
  private volatile @Nullable ControlPlane current;

  UnderFireTest() throws IOException {}

  @BeforeEach
  void backends() throws IOException {
    bench.world().zones(3);
    for (int zone = 0; zone < 3; zone++) {
      char letter = (char) ('a' + zone);
      EchoBackend backend =
          EchoBackend.start(
              new BackendSpec(
                  "pod-" + letter,
                  "zone-" + letter,
                  "node-" + letter,
                  ManyServices.backend(zone),
                  backendPort));
      bench.closing(backend::close);
    }
  }

  @AfterEach
  void end() throws IOException {
    bench.close();
  }

  /**
   * A server is replaced as a Deployment does it: the next one is ready before the last one goes.
   * (Without another, names that were not used before are answered with 503 after 5 s: see
   * OnDemandSidecarTest.)
   */
  @Test
  void noRequestFails() throws Exception {
    ManyServices services = new ManyServices(bench.world().folder(), SERVICES, backendPort);
    current = replica();
    try (ServerLink link = new ServerLink(this::xdsPort, ServerLink.Pace.FULL);
        ServerLink slowLink = new ServerLink(this::xdsPort, ServerLink.Pace.SLOW);
        StreamFleet slow = new StreamFleet(1, XdsProtocol.DELTA, slowLink.port());
        CapturingSidecar sidecar =
            CapturingSidecar.start(
                link.port(), Bench.inShop("node-a"), SidecarShape.ON_DEMAND, CAUGHT);
        OnDemandTraffic traffic = new OnDemandTraffic(sidecar, SERVICES, REQUESTS)) {
      int restarts = 0;
      for (int change = 0; traffic.sent() < REQUESTS; change++) {
        services.moveEndpoint();
        switch (change % CHANGES_A_ROUND) {
          case 10, 35 -> services.renamePorts();
          case 20, 45 -> services.moveClusterIps();
          case 30 -> services.changeAllClusters();
          default -> {}
        }
        if (traffic.sent() > REQUESTS * (restarts + 1) / (RESTARTS + 1)) {
          replace();
          restarts++;
        }
        int soFar = traffic.sent();
        Wait.until("requests between changes").until(() -> traffic.sent() > soFar + 10);
      }
      traffic.stop();
      System.out.printf(
          "under fire: %d of %d requests failed, %d restarts, %s, %d kB over the slow link%n",
          traffic.failed(),
          traffic.sent(),
          restarts,
          sidecar.envoy().stats("cluster_manager.active_clusters"),
          slowLink.carried() / 1000);
      assertThat(restarts).isEqualTo(RESTARTS);
      assertThat(slow.ended()).as("streams of the slow client that ended").isPositive();
      assertThat(traffic.failures()).isEmpty();
      Wait.until("no cluster to warm")
          .until(() ->
              sidecar.envoy().stats("cluster_manager.warming_clusters").values().stream()
                  .allMatch(warming -> warming == 0));
    }
  }

  private int xdsPort() {
    return Objects.requireNonNull(current).xdsPort();
  }

  private ControlPlane replica() throws IOException, SourceException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ControlPlane started =
        ControlPlane.start(
            new ServeSettings(
                new SourceSettings.Folder(bench.world().folder()),
                any,
                any,
                RoutingOptions.DEFAULT));
    bench.closing(started::close);
    Wait.until("the server to know all").until(() -> started.store().complete());
    return started;
  }

  private void replace() throws IOException, SourceException {
    ControlPlane last = Objects.requireNonNull(current);
    current = replica();
    last.close();
  }
}

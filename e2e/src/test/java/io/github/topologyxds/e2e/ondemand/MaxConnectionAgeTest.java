package io.github.topologyxds.e2e.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.captured.Captured;
import io.github.topologyxds.demo.captured.CapturingSidecar;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.xds.PortProtocol;
import io.github.topologyxds.xds.ondemand.Destinations;
import io.github.topologyxds.xds.ondemand.ListenerChain;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A sidecar closes the TCP connections of a Service that asks for it, and no others. */
class MaxConnectionAgeTest {
  private static final String AGED = "10.96.0.10";
  private static final String ANY_AGE = "10.96.0.11";
  private static final int PORT = 5432;

  @Test
  void closesWhatIsOldEnough() throws Exception {
    try (Bench bench = new Bench(new ProcessEnvoyRunner());
        ServerSocket backend = new ServerSocket(0, 50, InetAddress.getByName("127.1.1.78"))) {
      Thread.ofVirtual().start(() -> echo(backend));
      bench.world().zones(1);
      write(bench, "aged", AGED, "{topology-xds.io/max-connection-age: 2s}", backend);
      write(bench, "other", ANY_AGE, "{}", backend);
      bench.startServer();
      CapturingSidecar sidecar = sidecar(bench);
      EnvoyProcess envoy = sidecar.envoy();
      Wait.until("the chain that the server sends")
          .until(() ->
              envoy.adminGet("/config_dump?resource=dynamic_listeners").contains("\"tcp-2s\""));

      Captured captured = sidecar.captured();
      try (Socket aged = captured.open(AGED, PORT);
          Socket other = captured.open(ANY_AGE, PORT)) {
        assertThat(echoed(aged)).isEqualTo("x");
        assertThat(echoed(other)).isEqualTo("x");
        assertThat(aged.getInputStream().read()).as("the end of the old connection").isEqualTo(-1);
        assertThat(echoed(other)).as("the other goes on").isEqualTo("x");
      }
      assertThat(envoy.stats("tcp.tcp.max_downstream_connection_duration")).containsValue(1L);
      try (Socket again = captured.open(AGED, PORT)) {
        assertThat(echoed(again)).isEqualTo("x");
      }
    }
  }

  private static CapturingSidecar sidecar(Bench bench) throws IOException {
    OnDemandListeners listeners =
        new OnDemandListeners(
            List.of(Cidr.parse("10.96.0.0/24").orElseThrow()),
            new Destinations(
                new TreeSet<>(),
                List.of(
                    new Destinations.Exceptions(
                        new TreeMap<>(Map.of(PORT, new ListenerChain(PortProtocol.TCP, 2))),
                        new TreeSet<>(Set.of(AGED))))),
            "cluster.local");
    CapturingSidecar sidecar =
        CapturingSidecar.start(
            bench.xdsPort(), Bench.inShop("node-a"), SidecarShape.ON_DEMAND, listeners);
    bench.closing(sidecar::close);
    return sidecar;
  }

  private static void write(
      Bench bench, String name, String ip, String annotations, ServerSocket backend)
      throws IOException {
    WorkspaceFiles.replace(
        bench.world().folder().resolve(name + ".yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: %1$s, annotations: %2$s}
        spec: {clusterIP: %3$s, ports: [{name: pg, port: %4$d}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {namespace: shop, name: %1$s-1, labels: {kubernetes.io/service-name: %1$s}}
        addressType: IPv4
        ports: [{name: pg, port: %5$d}]
        endpoints: [{addresses: [%6$s], zone: zone-a, conditions: {ready: true}}]
        """
            .formatted(
                name,
                annotations,
                ip,
                PORT,
                backend.getLocalPort(),
                backend.getInetAddress().getHostAddress()));
  }

  private static String echoed(Socket socket) throws IOException {
    Captured.write(socket, "x");
    return new String(socket.getInputStream().readNBytes(1), StandardCharsets.ISO_8859_1);
  }

  private static void echo(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The other side has gone.
    }
  }
}

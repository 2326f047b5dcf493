package io.github.topologyxds.e2e.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.captured.Captured;
import io.github.topologyxds.demo.captured.CapturedListener;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * A sidecar closes the TCP connections of a Service that asks for it, and no others: by the chains
 * that the server has sent, behind a listener that needs no root.
 */
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
      int port = FreePorts.next(4);
      BootstrapSettings first = settings(bench, FreePorts.next(4));
      EnvoyProcess told = start(bench, BootstrapTemplate.render(first), first);
      String listeners = "/config_dump?resource=dynamic_listeners";
      Wait.until("the chain that the server sends")
          .until(() -> told.adminGet(listeners).contains("\"tcp-2s\""));
      BootstrapSettings settings = settings(bench, port);
      EnvoyProcess envoy =
          start(
              bench,
              CapturedListener.addServed(
                  BootstrapTemplate.render(settings), told.adminGet(listeners), port + 3),
              settings);

      Captured captured = new Captured(port + 3);
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

  private static BootstrapSettings settings(Bench bench, int port) {
    return BootstrapSettings.of(BootstrapKind.SIDECAR, Bench.inShop("node-a"))
        .withXds(new XdsAddress("127.0.0.1", bench.xdsPort()))
        .withPorts(new ProxyPorts(port, port + 1))
        .withShape(SidecarShape.ON_DEMAND);
  }

  private static EnvoyProcess start(Bench bench, String bootstrap, BootstrapSettings settings)
      throws IOException {
    EnvoyProcess envoy =
        EnvoyProcess.start(EnvoyBinary.find(), EnvoySpec.of(bootstrap, settings.ports()));
    bench.closing(envoy::close);
    return envoy;
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

package io.github.topologyxds.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.bootstrap.XdsTls;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.monitoring.MonitoringFiles.Alert;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.serve.AuthenticationSettings;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A run with everything on (a cluster's API, TLS, clients that may prove who they are,
 * EndpointSlices of our own, an Envoy on a Node, with traffic, and one that is on none), scraped by
 * a real Prometheus: no query asks for what is not there.
 */
@Tag("promtool")
class ScrapedRunTest {
  private static final LeaseName LEASE = new LeaseName("topology-xds", "topology-xds");

  @TempDir private Path folder = Path.of("");
  private final ApiServer api = ApiServer.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void everyQueryOfAlertsAndDashboardHasAnAnswer() throws Exception {
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
    api.put(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: node-a, labels: {topology.kubernetes.io/zone: zone-a}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {ports: [{name: http, port: 80}], trafficDistribution: PreferClose}
        """);
    endpoints("10.0.0.1");
    X509Bundle authority = authority();
    try (ControlPlane controlPlane = serve(authority);
        EnvoyProcess near = envoy(controlPlane, authority, "node-a");
        EnvoyProcess nowhere = envoy(controlPlane, authority, "no-such-node");
        RunningLoad traffic =
            new LoadGenerator(near.outbound(), LoadRequest.get("web.shop")).start(1);
        RunningPrometheus prometheus = RunningPrometheus.start(folder, controlPlane.adminPort())) {
      near.awaitReady();
      nowhere.awaitReady();
      answers(prometheus, "topology_xds_clients{zone=\"\"}");
      endpoints("10.0.0.2");

      List<String> queries =
          Stream.concat(
                  MonitoringFiles.alerts().stream().map(Alert::measured),
                  MonitoringFiles.queries().stream())
              .distinct()
              .toList();
      assertThat(queries).hasSizeGreaterThan(40);
      for (String query : queries) {
        answers(prometheus, query);
      }
      System.out.println("promtool: queries that a real run answers: " + queries.size());
      for (JsonNode rule : prometheus.rules()) {
        assertThat(rule.path("health").asString()).as("%s", rule).isEqualTo("ok");
      }
      assertThat(prometheus.rules()).hasSize(MonitoringFiles.alerts().size());
      assertThat(traffic.stop().failed()).as("10.0.0.2 is nobody's").isPositive();
    }
  }

  /** With a number: a rate of nothing is none. */
  private static void answers(RunningPrometheus prometheus, String query) {
    Wait.until(query)
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(prometheus.query(query))
                .as(query)
                .isNotEmpty()
                .noneMatch(series -> series.path("value").path(1).asString("NaN").equals("NaN")));
  }

  private void endpoints(String address) {
    api.put(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: web-1
          namespace: shop
          labels: {kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: x}
        addressType: IPv4
        ports: [{name: http, port: 8080, protocol: TCP}]
        endpoints: [{addresses: ["%s"], zone: zone-a, conditions: {ready: true}}]
        """
            .formatted(address));
  }

  private ControlPlane serve(X509Bundle authority) throws Exception {
    X509Bundle own =
        new CertificateBuilder()
            .subject("CN=xds")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth()
            .ecp256()
            .buildIssuedBy(authority);
    Path certificate = write("server.crt", own.getCertificatePathPEM());
    Path key = write("server.key", own.getPrivateKeyPEM());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    WriterSettings slices =
        new WriterSettings(
            new PlannerSettings(
                "txds", LEASE.installation(), 100, new AllowedAddresses.Within(List.of())),
            LEASE);
    return ControlPlane.start(
        new ServeSettings(
                new SourceSettings.Cluster(api.kubeconfig(folder), null, List.of())
                    .withSlices(slices),
                anyPort,
                anyPort,
                RoutingOptions.DEFAULT)
            .withXds(
                new XdsSettings(XdsLimits.DEFAULT, new TlsFiles(certificate, key, null))
                    .withAuthentication(
                        new AuthenticationSettings(
                            AuthenticationMode.OPTIONAL, AuthenticationSettings.DEFAULT_AUDIENCE))
                    .withLoadReportInterval(Duration.ofSeconds(1))));
  }

  private EnvoyProcess envoy(ControlPlane controlPlane, X509Bundle authority, String node)
      throws Exception {
    Path ca = write("ca.crt", authority.getCertificatePEM());
    int first = FreePorts.next(2);
    return EnvoyProcess.launch(
        EnvoyBinary.find(),
        EnvoySpec.of(
            BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on(node))
                .withXds(new XdsAddress("127.0.0.1", controlPlane.xdsPort()))
                .withPorts(new ProxyPorts(first, first + 1))
                .withTls(new XdsTls(ca.toString(), null))));
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static X509Bundle authority() throws Exception {
    return new CertificateBuilder()
        .subject("CN=authority")
        .setIsCertificateAuthority(true)
        .ecp256()
        .buildSelfSigned();
  }
}

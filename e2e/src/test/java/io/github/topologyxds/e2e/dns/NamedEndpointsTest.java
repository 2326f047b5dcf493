package io.github.topologyxds.e2e.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.xds.DnsResolvers;
import io.github.topologyxds.xds.IpPort;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FQDN slices and ExternalName Services, with a name server of the test's own. */
class NamedEndpointsTest {
  private static final int LONG = 600;

  private final Bench bench = new Bench(new ProcessEnvoyRunner());
  private final DnsServer dns = new DnsServer();
  private final int port = FreePorts.next();

  NamedEndpointsTest() throws IOException {
    bench.world().zones(2);
    bench.closing(dns);
    bench.startServer(
        XdsSettings.DEFAULT.withDnsResolvers(
            new DnsResolvers(List.of(new IpPort("127.0.0.1", dns.port())))));
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource
  void namesHaveZonesAndConditions(XdsProtocol protocol) throws Exception {
    EchoBackend near = backend("zone-a");
    EchoBackend far = backend("zone-b");
    dns.put("a.db.test", LONG, near.spec().address());
    dns.put("b.db.test", LONG, far.spec().address());
    slice("true");
    Proxy proxy = bench.sidecar("node-a", protocol);
    Wait.until("the name to be resolved").until(() -> proxy.status("db.shop") == 200);
    long before = near.requests();

    send(proxy, "db.shop");
    assertThat(near.requests() - before).isEqualTo(200);
    assertThat(far.requests()).isZero();

    slice("false");
    Wait.until("the far name to answer")
        .until(() -> proxy.status("db.shop") == 200 && far.requests() > 0);
    long nearOnes = near.requests();
    send(proxy, "db.shop");
    assertThat(near.requests()).isEqualTo(nearOnes);

    Proxy other = bench.sidecar("node-b", protocol);
    Wait.until("the name to be resolved").until(() -> other.status("db.shop") == 200);
    slice("true");
    long farOnes = far.requests();
    send(other, "db.shop");
    assertThat(far.requests() - farOnes).as("near to node-b").isEqualTo(200);
    assertThat(dns.names()).as("no search domains").containsOnly("a.db.test", "b.db.test");
  }

  /** One record is good for a second, one for ten minutes; Envoy would ask every 5 s by itself. */
  @Test
  void recordsAreAskedForAgainWhenTheirTimeIsOver() throws Exception {
    EchoBackend first = backend("zone-a");
    EchoBackend second = backend("zone-a");
    dns.put("a.db.test", 1, first.spec().address());
    dns.put("b.db.test", LONG, backend("zone-b").spec().address());
    slice("true");
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    Wait.until("the name to be resolved").until(() -> proxy.status("db.shop") == 200);

    dns.put("a.db.test", 1, second.spec().address());
    Wait.until("requests to go where the name leads now")
        .until(() -> proxy.status("db.shop") == 200 && second.requests() > 0);
    long ofFirst = first.requests();
    send(proxy, "db.shop");
    assertThat(first.requests()).isEqualTo(ofFirst);

    long more = dns.asked("a.db.test") + 6;
    Wait.until("the short record to be asked for").until(() -> dns.asked("a.db.test") > more);
    assertThat(dns.asked("b.db.test")).isEqualTo(1);
  }

  @Test
  void anExternalNameIsCalledByItsPort() throws Exception {
    EchoBackend outside = backend("zone-b");
    dns.put("api.test", LONG, outside.spec().address());
    WorkspaceFiles.replace(
        bench.world().folder().resolve("ext.yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: ext}
        spec: {type: ExternalName, externalName: api.test, ports: [{name: http, port: %d}]}
        """
            .formatted(port));
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);

    Wait.until("the name to be resolved").until(() -> proxy.status("ext.shop:" + port) == 200);
    long before = outside.requests();
    send(proxy, "ext.shop");
    assertThat(outside.requests() - before).isEqualTo(200);
  }

  private static void send(Proxy proxy, String authority) {
    LoadResult result = proxy.send(LoadBounds.of(200, Proxy.CONCURRENCY), authority);
    assertThat(result.failed()).as(result.firstError()).isZero();
  }

  private EchoBackend backend(String zone) throws IOException {
    String address = bench.nextAddress(zone);
    EchoBackend backend =
        EchoBackend.start(new BackendSpec("pod-" + address, zone, "node", address, port));
    bench.closing(backend::close);
    return backend;
  }

  private void slice(String nearIsReady) throws IOException {
    WorkspaceFiles.replace(
        bench.world().folder().resolve("db.yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: db}
        spec:
          clusterIP: None
          trafficDistribution: PreferSameZone
          ports: [{name: http, port: 80}]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {namespace: shop, name: db-1, labels: {kubernetes.io/service-name: db}}
        addressType: FQDN
        ports: [{name: http, port: %d}]
        endpoints:
        - {addresses: [a.db.test], zone: zone-a, conditions: {ready: %s}}
        - {addresses: [b.db.test], zone: zone-b, conditions: {ready: true}}
        """
            .formatted(port, nearIsReady));
  }
}

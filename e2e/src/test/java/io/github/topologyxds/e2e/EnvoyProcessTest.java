package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.Behaviour;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.envoy.HostState;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools that the other tests measure with, measured. */
class EnvoyProcessTest {
  private static final String UPSTREAM_HTTP1 = "http_protocol_options: {}";
  private static final String UPSTREAM_HTTP2 = "http2_protocol_options: {}";

  @ParameterizedTest
  @ValueSource(strings = {UPSTREAM_HTTP1, UPSTREAM_HTTP2})
  void requestsAreCountedAlikeByAllThreeSides(String upstream) throws IOException {
    BackendSpec spec = new BackendSpec("b1", "zone-a", "node-a", "127.1.9.1", FreePorts.next());
    try (EchoBackend backend = EchoBackend.start(spec);
        EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.find(), envoyFor(spec, upstream))) {
      LoadGenerator load = new LoadGenerator(envoy.outbound(), LoadRequest.post("any", "body"));

      LoadResult result = load.run(LoadBounds.of(300, 5));

      assertThat(result.failed()).as(result.firstError()).isZero();
      assertThat(result.byBackend()).containsEntry("b1", 300L);
      assertThat(backend.requests()).isEqualTo(300);
      assertThat(envoy.admin().hosts("c"))
          .containsExactly(new HostState("127.1.9.1:" + spec.port(), "zone-a", 0, "HEALTHY", 300));
      assertThat(envoy.stats("cluster.c.upstream_rq_200"))
          .containsEntry("cluster.c.upstream_rq_200", 300L);
      assertThat(envoy.configDump()).contains("127.1.9.1");

      backend.behave(Behaviour.READ_AND_CLOSE);
      assertThat(load.run(LoadBounds.of(10, 1)).status(503)).isEqualTo(10);
      assertThat(backend.requests()).isEqualTo(310);
    }
  }

  @Test
  void aTakenPortIsAnErrorThatNamesIt() throws IOException {
    BackendSpec spec = new BackendSpec("b1", "zone-a", "node-a", "127.1.9.1", FreePorts.next());
    EnvoySpec envoy = envoyFor(spec, UPSTREAM_HTTP1);
    try (EnvoyProcess first = EnvoyProcess.start(EnvoyBinary.find(), envoy)) {
      String taken = Integer.toString(first.ports().listener());
      int admin = FreePorts.next();
      EnvoySpec second =
          EnvoySpec.of(
                  envoy.bootstrap().replace(Integer.toString(envoy.ports().admin()), "" + admin),
                  new ProxyPorts(admin, envoy.ports().listener()))
              .withReadyWithin(Duration.ofSeconds(5));

      assertThatThrownBy(() -> EnvoyProcess.start(EnvoyBinary.find(), second))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(taken);
    }
  }

  @Test
  void endsWithItsObject() throws IOException {
    BackendSpec spec = new BackendSpec("b1", "zone-a", "node-a", "127.1.9.1", FreePorts.next());
    EnvoyProcess envoy =
        EnvoyProcess.start(EnvoyBinary.find(), envoyFor(spec, UPSTREAM_HTTP1).withConcurrency(2));
    ProcessHandle process = ProcessHandle.of(envoy.pid()).orElseThrow();

    envoy.close();

    assertThat(process.isAlive()).isFalse();
  }

  private static EnvoySpec envoyFor(BackendSpec backend, String upstream) throws IOException {
    int admin = FreePorts.next(2);
    String bootstrap =
        """
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
        static_resources:
          listeners:
          - name: l
            enable_reuse_port: false
            address: {socket_address: {address: 127.0.0.1, port_value: %d}}
            filter_chains:
            - filters:
              - name: hcm
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  stat_prefix: l
                  http_filters:
                  - name: router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                  route_config:
                    virtual_hosts:
                    - name: v
                      domains: ["*"]
                      routes: [{match: {prefix: "/"}, route: {cluster: c}}]
          clusters:
          - name: c
            connect_timeout: 1s
            typed_extension_protocol_options:
              envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                explicit_http_config: {%s}
            load_assignment:
              cluster_name: c
              endpoints:
              - locality: {zone: %s}
                lb_endpoints:
                - endpoint: {address: {socket_address: {address: %s, port_value: %d}}}
        """
            .formatted(
                admin, admin + 1, upstream, backend.zone(), backend.address(), backend.port());
    return EnvoySpec.of(bootstrap, new ProxyPorts(admin, admin + 1));
  }
}

package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.GrpcClients;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names by which a client may call a Service, as it calls it without a sidecar. */
abstract class DomainScenarios extends EnvoyScenario {
  private static final List<String> FULLER_NAMES =
      List.of("%s.shop", "%s.shop.svc", "%s.shop.svc.cluster.local");

  DomainScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @BeforeEach
  void twoZones() throws IOException {
    bench.world().zones(2);
  }

  @Test
  void port80ServesTheNameWithItsPortAndWithoutOne() throws Exception {
    Workload web = bench.web(1);
    bench.startServer();
    Proxy own = bench.sidecar("node-a", XdsProtocol.DELTA);

    expect(200, own, "web");
    expect(200, own, web.clusterIp());
    expect(200, own, "WEB.Shop");
    assertThat(own.status("web:81")).isEqualTo(404);
    assertThat(own.status("web.other")).isEqualTo(404);
    assertThat(own.status("unknown.example:80")).isEqualTo(404);
    assertThat(own.status("10.96.0.250:80")).isEqualTo(404);
    for (String name : FULLER_NAMES) {
      expect(200, own, name.formatted("web"));
    }
  }

  @Test
  void theBareNameIsForClientsOfItsNamespace() throws Exception {
    Workload web = bench.web(1);
    bench.startServer();
    ProxyNode elsewhere = ProxyNode.on("node-a").inNamespace("elsewhere");
    Proxy other = bench.proxy(BootstrapKind.SIDECAR, elsewhere, XdsProtocol.STATE_OF_THE_WORLD);

    expect(404, other, "web");
    expect(200, other, web.clusterIp());
    for (String name : FULLER_NAMES) {
      expect(200, other, name.formatted("web"));
    }
  }

  @Test
  void withoutPort80TheOnlyPortHasTheNameAndOfSeveralNone() throws Exception {
    int port = FreePorts.next();
    ServiceSpec only = ServiceSpec.of(Bench.NAMESPACE, "only").withPort("http", 8080, port);
    ServiceSpec several =
        ServiceSpec.of(Bench.NAMESPACE, "several")
            .withPort("http", 8080, port)
            .withPort("more", 9090, port);
    bench.workload(only, 1);
    bench.workload(several, 1);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);

    Map<String, Integer> seen = new TreeMap<>();
    for (String authority :
        List.of("only", "only:8080", "only:80", "several", "several:8080", "several:9090")) {
      seen.put(authority, proxy.status(authority));
    }
    assertThat(seen)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "only", 200,
                "only:8080", 200,
                "only:80", 404,
                "several", 404,
                "several:8080", 200,
                "several:9090", 200));
  }

  /**
   * What the search path and DNS make of a name, the client decides before it asks a proxy; so the
   * sidecar must know all that it may send.
   */
  @ParameterizedTest
  @EnumSource
  void everySpellingThatDnsResolvesIsServed(Asking asking) throws Exception {
    Workload web = bench.web(1);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);

    Set<String> spellings = new TreeSet<>();
    for (String name :
        List.of("web", "web.shop", "web.shop.svc", "web.shop.svc.cluster.local", web.clusterIp())) {
      spellings.addAll(List.of(name, name + ".", name.toUpperCase(Locale.ROOT)));
    }
    spellings.addAll(List.of("Web.Shop.SVC.Cluster.Local.", "[fd00:96::10]", "[FD00:96::10]"));
    for (String name : spellings) {
      for (String authority : List.of(name, name + ":80")) {
        web.resetCounts();
        assertThat(asking.status(proxy, authority)).as(authority).isEqualTo(200);
        assertThat(web.counted()).as(authority).isOne();
      }
    }
    for (String wrong :
        List.of(
            "web:81",
            "web.:81",
            "web..",
            "web.other",
            "web.svc",
            "web.svc.cluster.local",
            "web.shop.cluster.local",
            "web.shop.svc.cluster",
            "web.shop.svc.cluster.local.shop",
            "x.web.shop.svc.cluster.local",
            "10-0-0-1.web.shop.svc",
            "10-0-0-1.shop.pod",
            "shop",
            "10.96.0.99",
            "[fd00:96::99]:80")) {
      assertThat(asking.status(proxy, wrong)).as(wrong).isEqualTo(404);
    }
  }

  /** How a client tells a proxy whom it wants. */
  enum Asking {
    HOST {
      @Override
      int status(Proxy proxy, String authority) {
        return proxy.status(authority);
      }
    },
    /** What http_proxy makes clients send. */
    ABSOLUTE_URI {
      @Override
      int status(Proxy proxy, String authority) {
        LoadRequest request = LoadRequest.get(authority).withPath("http://" + authority + "/");
        LoadGenerator client = new LoadGenerator(proxy.http(), request);
        return client.run(LoadBounds.of(1, 1)).byStatus().firstKey();
      }
    },
    /**
     * A gRPC client, which says in its error that 200 was no answer of a gRPC server; Envoy's own
     * 404 becomes UNIMPLEMENTED.
     */
    HTTP2_AUTHORITY {
      @Override
      int status(Proxy proxy, String authority) throws Exception {
        try (GrpcClients client = new GrpcClients(proxy.http(), authority)) {
          String answer = client.call(1).keySet().iterator().next();
          boolean unrouted = answer.contains("code=UNIMPLEMENTED");
          assertThat(unrouted || answer.contains("HTTP status code 200")).as(answer).isTrue();
          return unrouted ? 404 : 200;
        }
      }
    };

    abstract int status(Proxy proxy, String authority) throws Exception;
  }

  private static void expect(int status, Proxy proxy, String host) {
    assertThat(proxy.status(host)).as(host).isEqualTo(status);
    assertThat(proxy.status(host + ":80")).as(host + ":80").isEqualTo(status);
  }
}

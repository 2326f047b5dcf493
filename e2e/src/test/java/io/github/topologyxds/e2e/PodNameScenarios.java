package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods of a headless Service, called by their own names, as a StatefulSet's members call them. */
abstract class PodNameScenarios extends EnvoyScenario {
  private static final int REQUESTS = 40;
  private static final List<String> NAMES =
      List.of(
          "%s.db",
          "%s.db.shop",
          "%s.db.shop.svc",
          "%s.db.shop.svc.cluster.local",
          "%s.DB.Shop.SVC.Cluster.Local.");

  private final int target = FreePorts.next();

  PodNameScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @BeforeEach
  void twoZones() throws IOException {
    bench.world().zones(2);
  }

  @ParameterizedTest
  @EnumSource
  void everySpellingReachesThatPodAlone(XdsProtocol protocol) throws Exception {
    Workload db = db();
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", protocol);

    for (EchoBackend pod : db.backends(ALL)) {
      for (String name : NAMES) {
        for (String port : List.of("", ":80")) {
          expectOnly(pod, proxy, db, name.formatted(pod.spec().name()) + port);
        }
      }
    }
    expectOnly(
        db.backends(FAR).getFirst(), proxy, db, first(db, FAR).toUpperCase(Locale.ROOT) + ".db");
    for (String wrong :
        List.of("%s.db:81", "%s.db.other", "x.%s.db", "%s.db.shop.svc.other", "%s.x.db.shop")) {
      assertThat(proxy.status(wrong.formatted(first(db, NEAR)))).as(wrong).isEqualTo(404);
    }
    assertThat(proxy.status("unheard-of.db")).isEqualTo(503);
  }

  @ParameterizedTest
  @EnumSource
  void aPodThatIsGoneIsNotReplacedByAnother(XdsProtocol protocol) throws Exception {
    Workload db = db();
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", protocol);
    EchoBackend pod = db.backends(NEAR).getFirst();
    String name = pod.spec().name() + ".db.shop";
    expectOnly(pod, proxy, db, name);

    Predicate<BackendSpec> thatPod = pod.spec()::equals;
    for (EndpointState state :
        List.of(EndpointState.UNREADY, EndpointState.TERMINATING, EndpointState.ABSENT)) {
      db.mark(state, thatPod);
      proxy.awaitHealthy(db, thatPod.negate());
      expectNobody(proxy, db, name);
      db.mark(EndpointState.READY, ALL);
      proxy.awaitHealthy(db, ALL);
      expectOnly(pod, proxy, db, name);
    }
    // Dead, and still called ready: nobody else may answer, and it is back the moment it listens.
    pod.close();
    expectNobody(proxy, db, name);
    pod.restart();
    expectOnly(pod, proxy, db, name);
  }

  /** What is asked for by the Service's own name goes on as for any other Service. */
  @Test
  void theServiceItselfIsBalancedAsEver() throws Exception {
    Workload db = db();
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);

    send(proxy, db, db.spec().authority());
    assertThat(db.counted(NEAR)).isEqualTo(REQUESTS);
    assertThat(db.backends(NEAR)).allSatisfy(pod -> assertThat(pod.requests()).isPositive());
    db.backends(NEAR).forEach(EchoBackend::close);
    LoadResult failover = send(proxy, db, db.spec().authority());
    assertThat(failover.failed()).as(failover.firstError()).isZero();
    assertThat(db.counted(FAR)).isEqualTo(REQUESTS);
    db.mark(EndpointState.UNREADY, NEAR);
    proxy.awaitHealthy(db, FAR);
    assertThat(send(proxy, db, db.spec().authority()).failed()).isZero();
    assertThat(db.counted(FAR)).isEqualTo(REQUESTS);
  }

  @Test
  void twoLabelsAreAPodOfTheOwnNamespaceBeforeAServiceOfAnother() throws Exception {
    Workload db = db();
    String pod = first(db, NEAR);
    ServiceSpec same = ServiceSpec.of("db", pod).withPort("http", 80, FreePorts.next());
    Workload service = bench.workload(same, List.of("node-a"));
    bench.startServer();
    Proxy own = bench.sidecar("node-a", XdsProtocol.DELTA);
    ProxyNode elsewhere = ProxyNode.on("node-a").inNamespace("elsewhere");
    Proxy other = bench.proxy(BootstrapKind.SIDECAR, elsewhere, XdsProtocol.STATE_OF_THE_WORLD);

    expectOnly(db.backends(NEAR).getFirst(), own, db, pod + ".db");
    expectOnly(service.backends(ALL).getFirst(), own, service, pod + ".db.svc");
    expectOnly(service.backends(ALL).getFirst(), other, service, pod + ".db");

    db.mark(EndpointState.UNREADY, backend -> backend.name().equals(pod));
    proxyGets(own, service, pod + ".db");
    db.mark(EndpointState.READY, ALL);
    proxyGets(own, db, pod + ".db");
  }

  private static void proxyGets(Proxy proxy, Workload expected, String name) {
    Wait.until(name + " is " + expected.spec().name())
        .until(() -> {
          expected.resetCounts();
          return proxy.status(name) == 200 && expected.counted() == 1;
        });
  }

  private Workload db() throws IOException {
    ServiceSpec spec =
        ServiceSpec.of(Bench.NAMESPACE, "db").headless().withPort("http", 80, target);
    return bench.workload(spec, 2);
  }

  private static String first(Workload db, Predicate<BackendSpec> which) {
    return db.backends(which).getFirst().spec().name();
  }

  private static LoadResult send(Proxy proxy, Workload workload, String authority) {
    workload.resetCounts();
    return proxy.send(LoadBounds.of(REQUESTS, 4), authority);
  }

  private static void expectOnly(EchoBackend pod, Proxy proxy, Workload db, String authority) {
    LoadResult result = send(proxy, db, authority);
    assertThat(result.byStatus()).as(authority).isEqualTo(Map.of(200, (long) REQUESTS));
    assertThat(pod.requests()).as(authority).isEqualTo(REQUESTS);
    assertThat(db.counted()).as(authority).isEqualTo(REQUESTS);
  }

  private static void expectNobody(Proxy proxy, Workload db, String authority) {
    LoadResult result = send(proxy, db, authority);
    assertThat(result.byStatus()).as(authority).isEqualTo(Map.of(503, (long) REQUESTS));
    assertThat(db.counted()).as(authority).isZero();
  }
}

package io.github.topologyxds.e2e.interception;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.TcpClients;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Endpoints that are lost and come back, and the Pod's own end. */
final class Losses {
  private static final Predicate<BackendSpec> NEAR = Workload.inZone("zone-a");
  private static final InetSocketAddress WEB = new InetSocketAddress("10.96.0.10", 80);
  private static final RedirectRules RULES = RedirectRules.of(Pod.SERVICES);

  private Losses() {}

  /** Unready and back, dead and back: of 2,000 requests of each none fails. */
  static void http(Pod pod) throws Exception {
    Workload web = pod.bench().web(2);
    start(pod);
    assertThat(send(2000)).isZero();
    assertThat(web.countedByZone()).containsEntry("zone-a", 2000L).containsEntry("zone-b", 0L);

    during("unready", web, NEAR.negate(), () -> web.mark(EndpointState.UNREADY, NEAR));
    during("ready again", web, NEAR, () -> web.mark(EndpointState.READY, NEAR));
    // What is under way to one that dies is lost, as it may have run: see DeadBackendScenarios.
    web.backends(NEAR).forEach(EchoBackend::close);
    assertThat(send(2000)).as("dead, and called ready").isZero();
    during(
        "back",
        web,
        NEAR,
        () -> {
          for (EchoBackend backend : web.backends(NEAR)) {
            backend.restart();
          }
        });
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Makes a change under traffic, which then goes to these alone; none of it fails. */
  private static void during(String what, Workload web, Predicate<BackendSpec> then, Change change)
      throws IOException {
    try (RunningLoad load = generator().start(Proxy.CONCURRENCY)) {
      web.awaitMore(500, pod -> true);
      change.make();
      web.awaitOnly(then);
      LoadResult result = load.stop();
      assertThat(result.total()).as(what).isGreaterThan(1000);
      assertThat(result.failed()).as(what + result.byStatus() + result.firstError()).isZero();
    }
    assertThat(send(2000)).as(what).isZero();
  }

  /** A connection ends with its endpoint; those that are opened anew go to the next tier. */
  static void tcp(Pod pod) throws Exception {
    ServiceSpec spec =
        ServiceSpec.of(Bench.NAMESPACE, "db").withPort("tcp-db", 3306, FreePorts.next());
    Workload db = pod.bench().workload(spec, 2);
    start(pod);
    InetSocketAddress address = new InetSocketAddress("10.96.0.10", 3306);
    assertThat(zones(db, TcpClients.ask(address, 100))).isEqualTo(Map.of("zone-a", 100L));

    db.backends(NEAR).forEach(EchoBackend::close);
    Wait.until("a connection to the next tier")
        .until(() -> !TcpClients.ask(address, 1).containsKey(TcpClients.FAILED));
    assertThat(zones(db, TcpClients.ask(address, 200))).isEqualTo(Map.of("zone-b", 200L));
    for (EchoBackend backend : db.backends(NEAR)) {
      backend.restart();
    }
    Wait.until("the near ones again")
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> zones(db, TcpClients.ask(address, 20)).equals(Map.of("zone-a", 20L)));
  }

  /** The kubelet ends a native sidecar after the application, whose last requests it serves. */
  static void envoyEndsLast(Pod pod) throws Exception {
    pod.bench().web(1);
    EnvoyProcess envoy = start(pod);
    Process application =
        new ProcessBuilder(
                "bash",
                "-c",
                """
                failed=0; sent=0
                trap 'end=$((SECONDS + 5))' TERM
                echo started
                while [ -z "${end:-}" ] || [ $SECONDS -lt $end ]; do
                  curl -sf --max-time 8 -o /dev/null http://10.96.0.10/ || failed=$((failed + 1))
                  sent=$((sent + 1))
                done
                echo "$sent sent, $failed failed"
                """)
            .redirectErrorStream(true)
            .start();
    try (var lines = application.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("started");
      // Not destroy(), which closes the output too.
      Command.of("kill", "-TERM", Long.toString(application.pid())).run();
      assertThat(lines.readLine()).endsWith(" sent, 0 failed").doesNotStartWith("0 ");
    }
    assertThat(application.waitFor()).isZero();
    assertThat(envoy.alive()).isTrue();
    envoy.close();
    assertThat(envoy.alive()).isFalse();
  }

  /** What docs/envoy.md says of it. */
  static void envoyKilled(Pod pod) throws Exception {
    pod.bench().web(1);
    EnvoyProcess envoy = start(pod);
    assertThat(Pod.curl("http://10.96.0.10/").exit()).isZero();
    try (RunningLoad kept = generator().start(1)) {
      Command.of("kill", "-KILL", Long.toString(envoy.pid())).run();
      Wait.until("Envoy to be gone").until(() -> !envoy.alive());
      LoadResult result = kept.stop();
      assertThat(result.unanswered()).as("connections end").isPositive();
    }
    Command.Result refused = Pod.curl("http://10.96.0.10/");
    assertThat(refused.exit()).as("refused at once: " + refused.output()).isEqualTo(7);
    assertThat(Pod.curl("http://" + Pod.ELSEWHERE + "/").output()).contains(Outside.NAME);

    envoy.close();
    pod.startEnvoy();
    assertThat(Pod.curl("http://10.96.0.10/").output()).startsWith("HTTP/1.1 200");
  }

  private static EnvoyProcess start(Pod pod) throws IOException {
    pod.bench().startServer();
    pod.network().redirect(RULES, RedirectMode.NFT);
    return pod.startEnvoy();
  }

  private static LoadGenerator generator() {
    return LoadGenerator.isolated(WEB, LoadRequest.get("web.shop.svc.cluster.local"));
  }

  private static long send(int requests) {
    return generator().run(LoadBounds.of(requests, Proxy.CONCURRENCY)).failed();
  }

  private static Map<String, Long> zones(Workload workload, Map<String, Long> byBackend) {
    Map<String, Long> zones = new java.util.TreeMap<>();
    byBackend.forEach((backend, count) ->
        zones.merge(
            workload.backends(pod -> pod.name().equals(backend)).stream()
                .findFirst()
                .map(found -> found.spec().zone())
                .orElse(TcpClients.FAILED),
            count,
            Long::sum));
    return zones;
  }
}

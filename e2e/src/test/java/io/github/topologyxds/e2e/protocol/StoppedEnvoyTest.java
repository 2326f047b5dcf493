package io.github.topologyxds.e2e.protocol;

import static io.github.topologyxds.e2e.bench.Workload.inZone;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.XdsProtocol;
import io.github.topologyxds.delivery.grpc.XdsLimits;
import io.github.topologyxds.demo.BackendSpec;
import io.github.topologyxds.demo.EchoBackend;
import io.github.topologyxds.demo.EnvoyAdmin;
import io.github.topologyxds.demo.EnvoyProcess;
import io.github.topologyxds.demo.LoadGenerator;
import io.github.topologyxds.demo.LoadRequest;
import io.github.topologyxds.demo.LoadResult;
import io.github.topologyxds.demo.RunningLoad;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.serve.ControlPlane;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An Envoy stands still under changes (SIGSTOP): it costs nobody anything, and finds back. */
@Tag("soak")
class StoppedEnvoyTest {
  /** Longer than that, and a client that is gone is not found. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

  private static final long HEAP_GROWTH = 2 << 20;

  @Test
  void isGivenUpInTime() throws Exception {
    try (Bench bench = new Bench(new ProcessEnvoyRunner())) {
      bench.world().zones(2);
      Workload web = bench.web(2);
      ControlPlane server = bench.startServer(XdsLimits.DEFAULT.withPushInterval(Duration.ZERO));
      EnvoyAdmin metrics = new EnvoyAdmin(server.adminPort());
      Proxy other = bench.sidecar("node-b", XdsProtocol.DELTA);
      other.awaitHealthy(web, pod -> true);
      try (EnvoyProcess envoy = new Sidecars(server.xdsPort(), XdsProtocol.DELTA).start("node-a")) {
        Wait.until("two streams").until(() -> streams(metrics) == 2);
        LoadGenerator generator =
            new LoadGenerator(envoy.outbound(), LoadRequest.get(web.spec().authority()));
        assertNoneFailed(generator.start(2), web);
        long updates = updates(envoy, web.spec());
        long heap = liveHeap();

        signal("-STOP", envoy);
        long stopped = System.nanoTime();
        Predicate<BackendSpec> flapping = inZone("zone-b").and(pod -> pod.address().endsWith(".1"));
        int changes = 0;
        while (streams(metrics) == 2) {
          web.mark(changes % 2 == 0 ? EndpointState.UNREADY : EndpointState.READY, flapping);
          other.awaitHealthy(web, changes % 2 == 0 ? flapping.negate() : pod -> true);
          changes++;
          assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(LONGEST_SILENCE);
        }
        Duration found = Duration.ofNanos(System.nanoTime() - stopped);
        long growth = liveHeap() - heap;

        // What it would send its requests to, were it not told: nobody listens there any more.
        Predicate<BackendSpec> gone = inZone("zone-a");
        web.mark(EndpointState.READY, flapping);
        web.mark(EndpointState.ABSENT, gone);
        web.backends(gone).forEach(EchoBackend::close);
        other.awaitHealthy(web, gone.negate());

        signal("-CONT", envoy);
        try (RunningLoad load = generator.start(2)) {
          Wait.until("the newest endpoints")
              .until(() -> hosts(envoy, web.spec()).equals(web.addresses(gone.negate())));
          assertNoneFailed(load, web);
        }
        long taken = updates(envoy, web.spec()) - updates;
        System.out.printf(
            "%d changes while an Envoy stood still for %d ms, of which it took %d updates;"
                + " live heap %+d kB%n",
            changes, found.toMillis(), taken, growth >> 10);
        // One lay in its socket, and one came when it asked again.
        assertThat(taken).isBetween(1L, 2L);
        assertThat(changes).isGreaterThan(2);
        assertThat(growth).isLessThan(HEAP_GROWTH);
      }
    }
  }

  private static void assertNoneFailed(RunningLoad load, Workload web) {
    try (load) {
      web.awaitMore(100, pod -> true);
      LoadResult result = load.stop();
      assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero();
    }
  }

  private static Set<String> hosts(EnvoyProcess envoy, ServiceSpec spec) throws IOException {
    return envoy.admin().hosts(spec.cluster()).stream()
        .map(host -> host.address())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static long updates(EnvoyProcess envoy, ServiceSpec spec) throws IOException {
    String prefix = "cluster." + spec.cluster().replace(':', '_') + ".update_success";
    return envoy.stats(prefix).values().stream().mapToLong(Long::longValue).sum();
  }

  private static long streams(EnvoyAdmin metrics) throws IOException {
    return metrics
        .get("/metrics")
        .lines()
        .filter(line -> line.startsWith("topology_xds_clients{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** After a full collection, of this JVM, in which the server is. */
  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void signal(String signal, EnvoyProcess envoy) throws Exception {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(envoy.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}

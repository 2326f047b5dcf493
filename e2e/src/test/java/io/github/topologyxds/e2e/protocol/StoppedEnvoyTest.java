package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An Envoy stands still for five minutes under 10,000 changes (SIGSTOP): it costs nobody anything,
 * and finds back.
 */
@Tag("soak")
class StoppedEnvoyTest {
  /** Longer than that, and a client that is gone is not found. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(45);

  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(30);
  private static final int CHANGES = 10_000;

  /** Before the Envoy is stopped: the JVM compiles, and what then is usual is measured. */
  private static final int WARM_UP = 1_000;

  private static final int USUAL = 1_000;
  private static final int CHANGES_PER_SAMPLE = 250;
  private static final long HEAP_GROWTH = 2 << 20;

  /** A fifth more, or what one turn of a scheduler with other work costs. */
  private static final double P99_RATIO = 1.2;

  private static final double P99_LEEWAY_MILLIS = 5;

  private final int port;
  private final BackendSpec near;
  private final BackendSpec far;
  private final BackendSpec flapping;
  private int changes;

  /** When both streams were still there. */
  private long lastWithBoth;

  StoppedEnvoyTest() throws IOException {
    port = FreePorts.next();
    near = new BackendSpec("web-a", "zone-a", "node-a", "127.8.3.1", port);
    far = new BackendSpec("web-b", "zone-b", "node-b", "127.8.3.2", port);
    flapping = new BackendSpec("web-c", "zone-b", "node-b", "127.8.3.3", port);
  }

  @Test
  void costsNobodyAnythingAndFindsBack() throws Exception {
    try (EchoBackend nearBackend = EchoBackend.start(near);
        EchoBackend farBackend = EchoBackend.start(far);
        EchoBackend flappingBackend = EchoBackend.start(flapping);
        DrivenServer server = new DrivenServer(near, far);
        WaitingClient other = new WaitingClient(server.port(), DrivenServer.CLUSTER);
        EnvoyProcess envoy = new Sidecars(server.port(), XdsProtocol.DELTA).start("node-a")) {
      Wait.until("two streams").until(() -> server.streams() == 2);
      assertThat(flappingBackend.spec()).isEqualTo(flapping);
      LoadGenerator generator = new LoadGenerator(envoy.outbound(), LoadRequest.get("web.shop"));
      assertNoneFailed(generator.start(2), nearBackend);
      changeOften(server, other, new long[WARM_UP]);
      long[] usual = new long[USUAL];
      changeOften(server, other, usual);
      Wait.until("the last change").until(() -> hosts(envoy).size() == 2);
      long updates = updates(envoy);
      long heap = liveHeap();

      signal("-STOP", envoy);
      long stopped = System.nanoTime();
      long[] meanwhile = new long[CHANGES];
      long[] part = new long[CHANGES_PER_SAMPLE];
      long largest = 0;
      for (int i = 0; i < CHANGES; i += part.length) {
        changeOften(server, other, part);
        System.arraycopy(part, 0, meanwhile, i, part.length);
        largest = Math.max(largest, liveHeap() - heap);
      }
      long found = lastWithBoth - stopped;
      Duration standstill = Duration.ofNanos(System.nanoTime() - stopped);

      // What it would send its requests to, were it not told: nobody listens there any more.
      server.endpoints(far);
      Stream.of(nearBackend).forEach(EchoBackend::close);
      signal("-CONT", envoy);
      try (RunningLoad load = generator.start(2)) {
        Wait.until("the newest endpoints")
            .until(() -> hosts(envoy).equals(Set.of(far.address() + ":" + port)));
        assertNoneFailed(load, farBackend);
      }
      long taken = updates(envoy) - updates;
      System.out.printf(
          "%d changes while an Envoy stood still for %d s: its stream ended within %.1f s, it took"
              + " %d updates; live heap %+d kB at most; another client's p50 %.2f ms, p99 %.2f ms,"
              + " before %.2f and %.2f ms%n",
          CHANGES,
          standstill.toSeconds(),
          found / 1e9,
          taken,
          largest >> 10,
          millis(meanwhile, 0.5),
          millis(meanwhile, 0.99),
          millis(usual, 0.5),
          millis(usual, 0.99));
      assertThat(Duration.ofNanos(found)).isPositive().isLessThanOrEqualTo(MAX_SILENCE);
      // One lay in its socket, and one came when it asked again.
      assertThat(taken).isBetween(1L, 2L);
      assertThat(largest).isLessThanOrEqualTo(HEAP_GROWTH);
      double limit = millis(usual, 0.99);
      assertThat(millis(meanwhile, 0.99))
          .isLessThanOrEqualTo(Math.max(P99_RATIO * limit, limit + P99_LEEWAY_MILLIS));
    }
  }

  /** Makes changes at a steady rate and notes how long each took to the other client. */
  private void changeOften(DrivenServer server, WaitingClient other, long[] nanos)
      throws InterruptedException {
    long begun = System.nanoTime();
    for (int i = 0; i < nanos.length; i++) {
      TimeUnit.NANOSECONDS.sleep(begun + i * BETWEEN_CHANGES.toNanos() - System.nanoTime());
      nanos[i] = other.nanosUntilSeen(() -> change(server));
      if (server.streams() == 2) {
        lastWithBoth = System.nanoTime();
      }
    }
  }

  /** An endpoint comes or goes. */
  private void change(DrivenServer server) {
    changes++;
    if (changes % 2 == 1) {
      server.endpoints(near, far, flapping);
    } else {
      server.endpoints(near, far);
    }
  }

  private static double millis(long[] nanos, double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
  }

  private static void assertNoneFailed(RunningLoad load, EchoBackend backend) {
    try (load) {
      long before = backend.requests();
      Wait.until("100 more requests").until(() -> backend.requests() >= before + 100);
      LoadResult result = load.stop();
      assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero();
    }
  }

  private static Set<String> hosts(EnvoyProcess envoy) throws IOException {
    return envoy.admin().hosts(DrivenServer.CLUSTER).stream()
        .map(host -> host.address())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static long updates(EnvoyProcess envoy) throws IOException {
    return envoy.stats("cluster.shop/web_http.update_success").values().stream()
        .mapToLong(Long::longValue)
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

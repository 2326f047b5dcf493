package io.github.topologyxds.e2e;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.Behaviour;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.backend.SwallowingBackend;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Workload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scenario has a bench of its own for each test, and does not know how Envoys are run. */
abstract class EnvoyScenario {
  /** Where the client of most scenarios is. */
  static final Predicate<BackendSpec> NEAR = Workload.inZone("zone-a");

  static final Predicate<BackendSpec> FAR = NEAR.negate();
  static final Predicate<BackendSpec> ALL = pod -> true;

  /**
   * Where traffic runs for long: 50 clients send 2,000 requests a second, and leave the CPU free.
   */
  static final Behaviour SLOW = new Behaviour.Slow(Duration.ofMillis(25));

  private static final Logger LOG = LoggerFactory.getLogger(EnvoyScenario.class);

  final Bench bench;

  EnvoyScenario(EnvoyRunner runner) throws IOException {
    bench = new Bench(runner);
  }

  @AfterEach
  void endEverything() throws Exception {
    bench.close();
  }

  /** From now on what is sent to these backends is lost, and nobody says so. */
  final void swallow(Workload workload, Predicate<BackendSpec> which) throws IOException {
    for (EchoBackend backend : workload.backends(which)) {
      backend.close();
      InetSocketAddress address =
          new InetSocketAddress(backend.spec().address(), backend.spec().port());
      SwallowingBackend swallowing = SwallowingBackend.start(address);
      bench.closing(swallowing::close);
    }
  }

  /** Leaves the figures of a run in the log. */
  static void report(String scenario, LoadResult result, Workload workload) {
    LOG.info(
        "{}: {} requests, {} failed {}, by backends {}, p50 {} ms, p99 {} ms, max {} ms",
        scenario,
        result.total(),
        result.failed(),
        result.byStatus(),
        workload.countedByZone(),
        Math.round(result.latency().p50()),
        Math.round(result.latency().p99()),
        Math.round(result.latency().max()));
  }

  static void report(String scenario, Map<String, Long> answers) {
    LOG.info("{}: answers by backend {}", scenario, answers);
  }
}

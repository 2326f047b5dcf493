package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's own zone is emptied and filled again, under slow requests all the time. */
abstract class ZonalShiftScenarios extends EnvoyScenario {
  /** In thirds of it: 10, 25 and 50 % of the zone's share. */
  private static final Duration RETURN = Duration.ofSeconds(6);

  private static final int WINDOW = 200;

  ZonalShiftScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @Test
  void emptiesAZoneAndFillsItInSteps() throws Exception {
    Workload web = slowWeb();
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    try (RunningLoad traffic = proxy.traffic(web)) {
      web.awaitMore(500, NEAR);

      Path shift = shift("LastResort", Instant.now().plus(1, ChronoUnit.HOURS));
      web.awaitOnly(FAR);
      Files.delete(shift);
      web.awaitOnly(NEAR);
      shift("LastResort", Instant.now().plus(1, ChronoUnit.HOURS));
      web.awaitOnly(FAR);

      // As `evacuate --cancel` does it.
      shift("LastResort", Instant.now());
      List<Double> shares = nearShares(web);
      assertThat(shares).anyMatch(around(10)).anyMatch(around(25)).anyMatch(around(50));
      assertThat(shares.getLast()).isEqualTo(100);

      LoadResult result = traffic.stop();
      report("a zone emptied and filled in steps", result, web);
      assertThat(result.failed()).as(result.firstError()).isZero();
      assertThat(web.counted()).isEqualTo(result.total());
    }
  }

  /** 3 standard deviations of a window's count are 6 to 11. */
  private static Predicate<Double> around(double percent) {
    return share -> Math.abs(share - percent) < 8;
  }

  /** Per window, from the first request that comes back to the first window that is all near. */
  private static List<Double> nearShares(Workload web) {
    List<Double> shares = new ArrayList<>();
    web.awaitMore(1, NEAR);
    Wait.until("all of the zone's share")
        .until(() -> {
          long near = web.counted(NEAR);
          long all = web.counted();
          web.awaitMore(WINDOW, ALL);
          shares.add(100.0 * (web.counted(NEAR) - near) / (web.counted() - all));
          return shares.getLast() == 100;
        });
    return shares;
  }

  @Test
  void endsInTimeThoughTheServerWasAway() throws Exception {
    Workload web = slowWeb();
    bench.startServerProcess();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    try (RunningLoad traffic = proxy.traffic(web)) {
      web.awaitMore(500, NEAR);
      Instant end = Instant.now().plusSeconds(6);
      shift("LastResort", end, Duration.ZERO);
      web.awaitOnly(FAR);

      bench.stopServer();
      Wait.until("the shift to end").until(() -> Instant.now().isAfter(end));
      web.awaitOnly(FAR);
      bench.startServerProcess();
      web.awaitOnly(NEAR);

      LoadResult result = traffic.stop();
      report("a shift that ends while the server is away", result, web);
      assertThat(result.failed()).as(result.firstError()).isZero();
    }
  }

  /** How all other zones are lost. */
  enum Loss {
    /** Kubernetes says so. */
    ABSENT(300),
    /** The processes are dead, and Kubernetes says that they are ready: refused connections. */
    REFUSED(300),
    /** The same, and nobody answers at all: a second for each try. */
    BLACKHOLED(100);

    private final int requests;

    Loss(int requests) {
      this.requests = requests;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LastResort, 200, ABSENT",
    "LastResort, 200, REFUSED",
    "LastResort, 200, BLACKHOLED",
    "Strict, 503, ABSENT",
    "Strict, 503, REFUSED",
    "Strict, 503, BLACKHOLED",
  })
  void servesWhatIsNowhereElse(String mode, int status, Loss loss) throws Exception {
    Workload web = slowWeb();
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    shift(mode, Instant.now().plus(1, ChronoUnit.HOURS));
    try (RunningLoad traffic = proxy.traffic(web)) {
      web.awaitOnly(FAR);
      assertThat(traffic.stop().failed()).isZero();
    }
    switch (loss) {
      case ABSENT -> {
        web.mark(EndpointState.ABSENT, FAR);
        proxy.awaitHealthy(web, mode.equals("Strict") ? ALL.negate() : NEAR);
      }
      case REFUSED -> web.backends(FAR).forEach(EchoBackend::close);
      case BLACKHOLED -> swallow(web, FAR);
    }
    web.resetCounts();
    LoadResult result = proxy.send(LoadBounds.of(loss.requests, 10), authority(web));
    report("all else " + loss + ", " + mode, result, web);
    // The connections that dead processes have left end with them, before the first request.
    assertThat(result.status(status)).as(result.firstError()).isEqualTo(loss.requests);
    assertThat(web.counted())
        .isEqualTo(web.counted(NEAR))
        .isEqualTo(status == 200 ? loss.requests : 0);
  }

  private static String authority(Workload workload) {
    return workload.spec().authority();
  }

  private Workload slowWeb() throws IOException {
    bench.world().zones(3);
    Workload web = bench.web(2);
    web.behave(SLOW, ALL);
    return web;
  }

  private Path shift(String mode, Instant end) throws IOException {
    return shift(mode, end, RETURN);
  }

  private Path shift(String mode, Instant end, Duration returnOver) throws IOException {
    Path file = bench.world().folder().resolve("shift.yaml");
    WorkspaceFiles.replace(
        file,
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ZonalShift
        metadata: {name: zone-a}
        spec: {awayFrom: zone-a, expireAt: "%s", mode: %s, returnOver: %ds}
        """
            .formatted(end.truncatedTo(ChronoUnit.SECONDS), mode, returnOver.toSeconds()));
    return file;
  }
}

package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.Injection;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.source.snapshot.SnapshotSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server was killed, the API is away, and an Envoy starts: {@code serve --snapshot}. */
class ColdStartTest extends ApiFaultScenario {
  @TempDir private Path root = Path.of("");
  private Path left = Path.of("");

  ColdStartTest() throws Exception {}

  /** A server that was killed leaves its snapshot as it was written last. */
  @BeforeEach
  void aServerThatWasKilled() throws Exception {
    Path kept = root.resolve("kept");
    left = Files.createDirectory(root.resolve("left"));
    try (ControlPlane first = serve(kept)) {
      Wait.until("a snapshot").until(() -> Files.exists(kept.resolve("state")));
      Files.copy(kept.resolve("state"), left.resolve("state"));
      assertThat(first.store().complete()).isTrue();
    }
  }

  @Test
  void shouldServeANewEnvoyWhileTheApiIsAwayAndGiveWayToIt() throws Exception {
    api.stopListening();
    ControlPlane second = serve(left);
    try (LiveBench bench = LiveBench.start(second, "node-a");
        SteadyTraffic traffic = shop.traffic(bench)) {
      Wait.until("traffic")
          .untilAsserted(() -> assertThat(bench.clusters().get("shop/web:http")).hasSize(2));
      assertThat(bench.admin("/readyz").statusCode()).isEqualTo(200);
      assertThat(bench.admin("/readyz").body()).contains("stale: the snapshot of ");
      assertThat(bench.admin("/metrics").body())
          .contains("topology_xds_findings{reason=\"STATE_RESTORED\"} 1.0")
          .containsPattern("topology_xds_snapshot_served_age_seconds [0-9.]*[1-9]");
      shop.endpoints(2, 3);
      api.listen();
      awaitInSync(bench);
      Wait.until("no word of the snapshot")
          .untilAsserted(() -> assertThat(bench.admin("/readyz").body()).isEqualTo("ok\n"));
      assertThat(bench.admin("/metrics").body())
          .contains("topology_xds_findings{reason=\"STATE_RESTORED\"} 0.0")
          .contains("topology_xds_snapshot_served_age_seconds 0.0");
      bench.assertNeverEmpty("shop/web:http");
      assertThat(traffic.assertNoneFailed()).isPositive();
    }
  }

  @Test
  void shouldServeNothingStaleWhereTheApiRefusesUsWhilePodsMove() throws Exception {
    Injection refused = api.faults().inject(new Fault.HttpError(403), Where.everywhere());
    shop.endpoints(3);
    ControlPlane second = serve(left);
    Wait.until("it is refused").until(() -> readyz(second).body().contains("403"));
    // Three times as long as the source may take.
    Wait.until("nothing is served meanwhile")
        .during(Duration.ofSeconds(3))
        .until(() -> !second.store().complete());
    assertThat(readyz(second).statusCode()).isEqualTo(503);
    refused.lift();
    try (LiveBench bench = LiveBench.start(second, "node-a");
        SteadyTraffic traffic = shop.traffic(bench)) {
      awaitInSync(bench);
      assertThat(bench.clusters().get("shop/web:http")).hasSize(1);
      bench.assertNeverEmpty("shop/web:http");
      traffic.assertNoneFailed();
    }
  }

  private static HttpResponse<String> readyz(ControlPlane server) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.adminPort() + "/readyz");
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private ControlPlane serve(Path snapshot) throws Exception {
    SnapshotSettings settings =
        new SnapshotSettings(snapshot, Duration.ofSeconds(1), Duration.ofHours(1));
    return ControlPlane.start(LiveBench.settings(kubeconfig, 0).withSnapshot(settings));
  }
}

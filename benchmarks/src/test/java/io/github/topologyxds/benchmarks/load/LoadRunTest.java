package io.github.topologyxds.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run as small as can be, through a server in a JVM of its own. */
class LoadRunTest {
  @ParameterizedTest
  @EnumSource(AdsVariant.class)
  void everyClientHearsOfEveryChange(AdsVariant variant) throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            new LoadPlan.World(10, 3),
            5,
            variant,
            true,
            LoadPlan.Asked.ALL,
            true,
            1,
            new LoadPlan.Changes(2, 20, 1, false, true));

    LoadReport report = LoadRun.run(plan, progress -> {});

    assertThat(report.complete()).as(report.table()).isTrue();
    assertThat(report.figures())
        .containsEntry("lost_streams", 0)
        .containsKeys(
            "cold_sync_s",
            "warm_sync_cpu_s",
            "change_p99_ms",
            "rss_mib",
            "routes_s",
            "reports_cpu_percent",
            "listing_clients_p50_ms",
            "listing_services_max_ms",
            "full_gcs")
        .containsEntry("reports_counted", 1.0);
    assertThat((double) report.figures().getOrDefault("rate_heard", 0.0)).isGreaterThan(0.4);
    assertThat(report.json()).startsWith("{\"commit\":").contains("\"clients\":5,");
  }

  /** Of whom some ask for the same Services, and all for the one that changes. */
  @Test
  void sidecarsOnDemandHearOfWhatTheyUse() throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            new LoadPlan.World(10, 3),
            5,
            AdsVariant.DELTA,
            false,
            new LoadPlan.Asked(LoadPlan.Way.ON_DEMAND, 4),
            false,
            1,
            new LoadPlan.Changes(2, 0, 1, false, false));
    assertThat(plan.used(0)).containsExactly(5, 6, 7, 8);
    assertThat(plan.used(2)).containsExactly(5, 2, 3, 4);

    LoadReport report = LoadRun.run(plan, progress -> {});

    assertThat(report.complete()).as(report.table()).isTrue();
    assertThat(report.figures())
        .containsEntry("lost_streams", 0)
        .containsEntry("change_pushes", 10L)
        .containsEntry("asked", "on_demand");
  }

  /** The product over what it reads, without the launcher: that would build it. */
  @ParameterizedTest
  @EnumSource(names = {"FOLDER", "API"})
  void theProductServesAFolderAndAnApi(LoadPlan.Source source)
      throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            new LoadPlan.World(10, 3, source),
            5,
            AdsVariant.DELTA,
            true,
            LoadPlan.Asked.ALL,
            false,
            0,
            new LoadPlan.Changes(2, 0, 1, false, false));

    LoadReport report = LoadRun.run(plan, LoadRunTest::started, progress -> {});

    assertThat(report.complete()).as(report.table()).isTrue();
    assertThat(report.figures())
        .containsEntry("lost_streams", 0)
        .containsEntry("source", source.name().toLowerCase(Locale.ROOT))
        .containsKeys("change_p99_ms", "fleet_1_rss_mib", "routes_s");
  }

  private static ServerUnderLoad started(LoadPlan.World world)
      throws IOException, InterruptedException {
    return LaunchedServer.start(
        ServedWorld.create(world),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.github.topologyxds.Main"));
  }
}

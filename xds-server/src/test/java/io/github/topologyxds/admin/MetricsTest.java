package io.github.topologyxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.load.CountedLoad;
import io.github.topologyxds.load.LoadCounts;
import io.github.topologyxds.load.LoadKey;
import io.github.topologyxds.load.LoadReports;
import io.github.topologyxds.load.NotCounted;
import io.github.topologyxds.load.ReportIntake;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.WatchHealth;
import io.github.topologyxds.tls.HandshakeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void aScrapeAsksForTheWatchesOnce() {
    AtomicInteger asked = new AtomicInteger();
    Metrics metrics = new Metrics(new ResourceStore("cluster.local"), new DeliveryMetrics());
    metrics.addSource(() -> {
      asked.incrementAndGet();
      return List.of(watch(ObjectKind.NODE, ""), watch(ObjectKind.SERVICE, "shop"));
    });
    String scraped = metrics.scrape();
    assertThat(asked).hasValue(1);
    assertThat(scraped)
        .contains(
            "topology_xds_watch_synced{kind=\"Node\",namespace=\"\"} 1.0",
            "topology_xds_watch_stale{kind=\"Service\",namespace=\"shop\"} 0.0",
            "topology_xds_watch_silence_seconds{kind=\"Node\",namespace=\"\"} 1.5",
            "topology_xds_watch_last_event_age_seconds{kind=\"Node\",namespace=\"\"} 3.0");
  }

  @Test
  void countsWhoDidNotGetInAndWhatWasNotWritten() {
    DeliveryMetrics delivery = new DeliveryMetrics();
    Metrics metrics = new Metrics(new ResourceStore("cluster.local"), delivery);
    delivery.handshakeFailed(HandshakeFailure.PLAINTEXT);
    delivery.connectionRefused();

    assertThat(metrics.scrape())
        .contains(
            "topology_xds_tls_handshake_failures_total{reason=\"plaintext\"} 1.0",
            "topology_xds_tls_handshake_failures_total{reason=\"no_client_certificate\"} 0.0",
            "topology_xds_connections_refused_total 1.0",
            "topology_xds_log_lines_dropped_total{level=\"warn\"}");
  }

  @Test
  void tellsHowTheProcessIs() {
    ResourceStore store = new ResourceStore("cluster.local");
    Metrics metrics = new Metrics(store, new DeliveryMetrics());
    SourceHealth source =
        new SourceHealth() {
          @Override
          public int brokenFiles() {
            return 2;
          }

          @Override
          public List<WatchHealth> watches() {
            return List.of();
          }
        };
    metrics.addSource(source);
    metrics.server().addReadiness(new Readiness(store, source));
    metrics.server().addQueue(() -> 1_500_000_000L);
    metrics.server().addCertificate(() -> Instant.ofEpochSecond(1_800_000_000));
    assertThat(metrics.scrape())
        .contains(
            "topology_xds_build_info{java=\"" + Runtime.version() + "\",version=\"",
            "topology_xds_ready 0.0",
            "topology_xds_files_broken 2.0",
            "topology_xds_queue_lag_seconds 1.5",
            "topology_xds_certificate_expiry_timestamp_seconds 1.8E9");
    store.markComplete();
    assertThat(metrics.scrape()).contains("topology_xds_ready 1.0");
  }

  @Test
  void requestsThatWereReportedAreShownByZonesAlone() {
    Metrics metrics = new Metrics(new ResourceStore("cluster.local"), new DeliveryMetrics());
    try (LoadReports loads = new LoadReports(() -> 0)) {
      metrics.addLoads(loads);
      assertThat(metrics.scrape()).doesNotContain("topology_xds_requests_total");
      for (String port : List.of("shop/cart:http", "shop/pay:http")) {
        loads
            .add(
                new ReportIntake.Taken(
                    List.of(
                        new CountedLoad(
                            new LoadKey(port, "zone-a", "zone-b", 1), new LoadCounts(21, 1, 0))),
                    Map.of(NotCounted.NOT_SUBSCRIBED, 3L)))
            .toCompletableFuture()
            .join();
      }

      assertThat(metrics.scrape())
          .contains(
              "topology_xds_requests_total{from_zone=\"zone-a\",to_zone=\"zone-b\"} 42.0",
              "topology_xds_requests_not_counted_total{cause=\"not_subscribed\"} 6.0",
              "topology_xds_requests_not_counted_total{cause=\"rate\"} 0.0",
              "topology_xds_load_reports_total 2.0",
              "topology_xds_load_report_streams 0.0")
          .doesNotContain("shop/");
    }
  }

  private static WatchHealth watch(ObjectKind kind, String namespace) {
    Duration silence = Duration.ofMillis(1_500);
    return new WatchHealth(kind, namespace, true, false, silence, Duration.ofSeconds(3), 0, "");
  }
}

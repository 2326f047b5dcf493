package io.github.topologyxds.benchmarks.load;

import io.envoyproxy.envoy.config.core.v3.Extension;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadReportingServiceGrpc;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.github.topologyxds.benchmarks.load.measured.ProcessUsage;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Every client reports once a minute, one after the other: its node, which is as large as an
 * Envoy's, and for each of its Services what it sent to each of three zones.
 */
final class LoadReports {
  static final String PATH =
      "/" + LoadReportingServiceGrpc.getStreamLoadStatsMethod().getFullMethodName();

  private static final double NANOS_BETWEEN = 60e9;
  private static final int ZONES = 3;
  private static final int REQUESTS = 7;

  /** Measured with Envoy 1.40: 61 kB, nearly all of it the list of extensions. */
  private static final int NODE_BYTES = 61_000;

  private static final double KIB_PER_MIB = 1024;

  private final LoadPlan plan;
  private final Node node;

  private LoadReports(LoadPlan plan) {
    this.plan = plan;
    Node.Builder large = Node.newBuilder().setUserAgentName("envoy");
    Extension extension =
        Extension.newBuilder()
            .setName("envoy.filters.http.some_filter")
            .setCategory("envoy.filters.http")
            .addTypeUrls("envoy.extensions.filters.http.some_filter.v3.SomeFilter")
            .build();
    for (int bytes = 0; bytes < NODE_BYTES; bytes += extension.getSerializedSize() + 2) {
      large.addExtensions(extension);
    }
    this.node = large.build();
  }

  /**
   * Reports for as long as the plan says, and measures what that costs the server; before, the same
   * time without.
   *
   * @return whether every report has come, and every request in them counts
   */
  static boolean measure(Fleet fleet, ServerProcess server, Map<String, Object> figures)
      throws IOException, InterruptedException {
    LoadReports reports = new LoadReports(fleet.plan());
    int seconds = fleet.plan().changes().seconds();
    for (int client = 0; client < fleet.plan().clients(); client++) {
      fleet.clients().get(client).openReports(reports.first(client));
    }
    awaitReports(server, fleet.plan().clients());
    ProcessUsage begun = ProcessUsage.of(server.pid());
    TimeUnit.SECONDS.sleep(seconds);
    ProcessUsage idle = ProcessUsage.of(server.pid());
    int sent = reports.send(fleet, seconds);
    awaitReports(server, (long) fleet.plan().clients() + sent);
    ProcessUsage end = ProcessUsage.of(server.pid());
    long counted = server.reportedRequests();
    long expected = (long) sent * fleet.plan().wanted() * ZONES * REQUESTS;
    figures.put("reports_sent", sent);
    figures.put("reports_bytes", reports.of(0).length);
    figures.put("reports_counted", (double) counted / expected);
    figures.put("reports_idle_cpu_percent", 100 * (idle.cpu() - begun.cpu()) / seconds);
    figures.put("reports_cpu_percent", 100 * (end.cpu() - idle.cpu()) / seconds);
    figures.put("reports_rss_mib_more", (end.rssKib() - begun.rssKib()) / KIB_PER_MIB);
    return counted == expected;
  }

  /** Returns how many were sent. */
  private int send(Fleet fleet, int seconds) throws InterruptedException {
    long begun = System.nanoTime();
    double between = NANOS_BETWEEN / plan.clients();
    int count = (int) Math.max(1, seconds * 1e9 / between);
    for (int report = 0; report < count; report++) {
      TimeUnit.NANOSECONDS.sleep(begun + (long) (report * between) - System.nanoTime());
      int client = report % plan.clients();
      fleet.clients().get(client).report(of(client));
    }
    return count;
  }

  private static void awaitReports(ServerProcess server, long reports)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (server.reports() < reports && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Node node(int client) {
    return node.toBuilder().setId("load-" + client).build();
  }

  private byte[] first(int client) {
    return LoadStatsRequest.newBuilder().setNode(node(client)).build().toByteArray();
  }

  private byte[] of(int client) {
    LoadStatsRequest.Builder report = LoadStatsRequest.newBuilder().setNode(node(client));
    for (int i = 0; i < plan.wanted(); i++) {
      int service =
          plan.asked().way() == LoadPlan.Way.ALL ? i : (client + i) % plan.world().services();
      ClusterStats.Builder cluster =
          ClusterStats.newBuilder().setClusterName(DiscoveryWire.cluster(service));
      for (int zone = 0; zone < ZONES; zone++) {
        cluster.addUpstreamLocalityStats(
            UpstreamLocalityStats.newBuilder()
                .setLocality(Locality.newBuilder().setRegion("region-1").setZone("zone-" + zone))
                .setPriority(Math.min(zone, 1))
                .setTotalIssuedRequests(REQUESTS)
                .setTotalSuccessfulRequests(REQUESTS));
      }
      report.addClusterStats(cluster);
    }
    return report.build().toByteArray();
  }
}

package io.github.topologyxds.demo.envoy;

import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.admin.v3.ClusterStatus;
import io.envoyproxy.envoy.admin.v3.Clusters;
import io.envoyproxy.envoy.admin.v3.HostStatus;
import io.envoyproxy.envoy.admin.v3.SimpleMetric;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The admin port of one Envoy on this machine. */
public final class EnvoyAdmin {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final int port;

  /** The admin port of an Envoy that listens on 127.0.0.1. */
  public EnvoyAdmin(int port) {
    this.port = port;
  }

  /** Body of a GET, whatever its status. */
  public String get(String path) throws IOException {
    return send("GET", path).body();
  }

  /** Body of a POST without a body, as Envoy wants it for what changes something. */
  public String post(String path) throws IOException {
    return send("POST", path).body();
  }

  boolean ready() {
    try {
      return send("GET", "/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Counters and gauges whose names begin with the prefix; histograms are left out. They are
   * unsigned: a version, which is a hash, may come out negative.
   */
  public Map<String, Long> stats(String prefix) throws IOException {
    return statsMatching("^" + prefix.replaceAll("[^A-Za-z0-9_]", "\\\\$0"));
  }

  /** Returns the counters in whose names Envoy finds a regular expression (RE2). */
  public Map<String, Long> statsMatching(String regex) throws IOException {
    Map<String, Long> stats = new TreeMap<>();
    String filter = URLEncoder.encode(regex, StandardCharsets.UTF_8);
    for (String line : get("/stats?filter=" + filter).split("\n", -1)) {
      int end = line.lastIndexOf(": ");
      if (end > 0 && line.substring(end + 2).matches("[0-9]+")) {
        stats.put(line.substring(0, end), Long.parseUnsignedLong(line.substring(end + 2)));
      }
    }
    return stats;
  }

  /** The hosts of one cluster; none where Envoy does not have that cluster. */
  public List<HostState> hosts(String cluster) throws IOException {
    Clusters.Builder clusters = Clusters.newBuilder();
    JsonFormat.parser().ignoringUnknownFields().merge(get("/clusters?format=json"), clusters);
    return clusters.getClusterStatusesList().stream()
        .filter(status -> status.getName().equals(cluster))
        .map(ClusterStatus::getHostStatusesList)
        .flatMap(List::stream)
        .map(EnvoyAdmin::hostState)
        .toList();
  }

  private static HostState hostState(HostStatus host) {
    SocketAddress address = host.getAddress().getSocketAddress();
    return new HostState(
        address.getAddress() + ":" + address.getPortValue(),
        host.getLocality().getZone(),
        host.getPriority(),
        host.getHealthStatus().getEdsHealthStatus().name(),
        requests(host));
  }

  private static long requests(HostStatus host) {
    return host.getStatsList().stream()
        .filter(stat -> stat.getName().equals("rq_total"))
        .mapToLong(SimpleMetric::getValue)
        .sum();
  }

  private HttpResponse<String> send(String method, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(TIMEOUT)
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking Envoy's admin port", e);
    }
  }
}

package io.github.topologyxds.e2e.protocol;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What an Envoy has, read from its admin port. */
public final class EnvoyState {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EnvoyState() {}

  /** The hosts of every cluster whose name is one of ours ({@code /clusters}). */
  public static SortedMap<String, SortedSet<SeenHost>> clusters(EnvoyProcess envoy)
      throws IOException {
    SortedMap<String, SortedSet<SeenHost>> clusters = new TreeMap<>();
    for (JsonNode cluster : JSON.readTree(envoy.clusters()).path("cluster_statuses")) {
      String name = cluster.path("name").asString();
      if (name.contains("/")) {
        SortedSet<SeenHost> hosts = new TreeSet<>();
        for (JsonNode host : cluster.path("host_statuses")) {
          hosts.add(
              new SeenHost(
                  address(host.path("address")),
                  host.path("priority").asInt(),
                  host.path("locality").path("zone").asString(),
                  host.path("health_status").path("eds_health_status").asString("HEALTHY")));
        }
        clusters.put(name, hosts);
      }
    }
    return clusters;
  }

  /**
   * The places of every cluster's hosts in {@code /config_dump?include_eds}. Its health is not
   * read: Envoy prints a DRAINING host as UNHEALTHY there.
   */
  static SortedMap<String, SortedSet<String>> dumpedPlaces(EnvoyProcess envoy) throws IOException {
    SortedMap<String, SortedSet<String>> places = new TreeMap<>();
    for (JsonNode config : JSON.readTree(envoy.configDump()).path("configs")) {
      for (JsonNode dynamic : config.path("dynamic_endpoint_configs")) {
        JsonNode assignment = dynamic.path("endpoint_config");
        SortedSet<String> hosts = new TreeSet<>();
        for (JsonNode locality : assignment.path("endpoints")) {
          for (JsonNode endpoint : locality.path("lb_endpoints")) {
            SeenHost host =
                new SeenHost(
                    address(endpoint.path("endpoint").path("address")),
                    locality.path("priority").asInt(),
                    locality.path("locality").path("zone").asString(),
                    "");
            hosts.add(host.place());
          }
        }
        places.put(assignment.path("cluster_name").asString(), hosts);
      }
    }
    return places;
  }

  /** The sum of all counters that count what Envoy has refused. */
  public static long rejections(EnvoyProcess envoy) throws IOException {
    return sum(envoy.statsMatching("update_rejected$"));
  }

  public static long warming(EnvoyProcess envoy) throws IOException {
    return sum(envoy.stats("cluster_manager.warming_clusters"));
  }

  private static long sum(Map<String, Long> stats) {
    return stats.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String address(JsonNode address) {
    JsonNode socket = address.path("socket_address");
    return socket.path("address").asString() + ":" + socket.path("port_value").asInt();
  }
}

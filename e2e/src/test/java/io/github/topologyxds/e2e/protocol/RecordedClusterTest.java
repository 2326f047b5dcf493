package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A recorded cluster (15 Services and ExternalName ext, whose name nobody resolves here), hostile
 * slices included, in real Envoys of all three zones. What they should have is written by hand from
 * docs/routing.md; every unready endpoint counts as seen, as at any first complete state.
 */
class RecordedClusterTest {
  /** Its endpoint is what a name server says: {@code NamedEndpointsTest}. */
  private static final String EXTERNAL_NAME = "data/ext:443";

  private static final String[] CLUSTERS = {
    "data/db:pg",
    "data/dual:http",
    EXTERNAL_NAME,
    "data/legacy:tcp",
    "data/vm:http",
    "default/kubernetes:https",
    "edge/udp-dns:dns",
    "edge/udp-dns:dns-tcp",
    "shop/cart:http",
    "shop/catalog-legacy:http",
    "shop/catalog:http",
    "shop/checkout:grpc",
    "shop/checkout:http",
    "shop/empty:http",
    "shop/frontend:http",
    "shop/node-agent:http",
    "shop/rolling:http",
    "shop/skewed:http"
  };

  @ParameterizedTest
  @EnumSource
  void isTakenInEveryZone(XdsProtocol protocol) throws Exception {
    try (ControlPlane server = ServedFolder.start(ServedFolder.RECORDED)) {
      Sidecars sidecars = new Sidecars(server.xdsPort(), protocol);
      try (EnvoyProcess a = sidecars.start("node-a1");
          EnvoyProcess b = sidecars.start("node-b1");
          EnvoyProcess c = sidecars.start("node-c1")) {
        check(a, inZoneA());
        check(b, inZoneB());
        check(c, inZoneC());
      }
    }
  }

  private static void check(EnvoyProcess envoy, Map<String, String> expected) throws Exception {
    await().untilAsserted(() -> assertThat(EnvoyState.warming(envoy)).isZero());
    SortedMap<String, SortedSet<SeenHost>> clusters = EnvoyState.clusters(envoy);
    assertThat(clusters.keySet()).containsExactly(CLUSTERS);
    clusters.remove(EXTERNAL_NAME);
    assertThat(EnvoyState.rejections(envoy)).isZero();
    assertThat(envoy.adminGet("/ready")).startsWith("LIVE");

    SortedMap<String, SortedSet<String>> dumped = EnvoyState.dumpedPlaces(envoy);
    clusters.forEach((name, hosts) ->
        assertThat(dumped.get(name)).as("%s in /config_dump", name).isEqualTo(places(hosts)));
    expected.forEach((name, tiers) ->
        assertThat(shorthand(clusters.getOrDefault(name, new TreeSet<>())))
            .as(name)
            .isEqualTo(tiers));
  }

  private static SortedSet<String> places(SortedSet<SeenHost> hosts) {
    SortedSet<String> places = new TreeSet<>();
    hosts.forEach(host -> places.add(host.place()));
    return places;
  }

  /** {@code 2 3 | 5:b 7:c!}: last octets by priority; ! is UNHEALTHY, ~ is DRAINING. */
  private static String shorthand(SortedSet<SeenHost> hosts) {
    SortedMap<Integer, SortedMap<Integer, String>> tiers = new TreeMap<>();
    for (SeenHost host : hosts) {
      String ip = host.address().substring(0, host.address().lastIndexOf(':'));
      int octet = Integer.parseInt(ip.substring(ip.lastIndexOf('.') + 1));
      String zone = host.zone().isEmpty() ? "-" : host.zone().replace("zone-", "");
      String mark =
          switch (host.health()) {
            case "HEALTHY" -> "";
            case "UNHEALTHY" -> "!";
            case "DRAINING" -> "~";
            default -> host.health();
          };
      tiers.computeIfAbsent(host.priority(), p -> new TreeMap<>()).put(octet, octet + zone + mark);
    }
    return String.join(
        " | ", tiers.values().stream().map(tier -> String.join(" ", tier.values())).toList());
  }

  private static Map<String, String> inZoneA() {
    return Map.ofEntries(
        Map.entry("shop/cart:http", "2a 3a 4a | 5b 6b 7c!"),
        Map.entry("shop/catalog:http", "8a 9a 10a | 11b 12b 13b 14c 15c 16c"),
        Map.entry("shop/catalog-legacy:http", "8a 9a 10a | 11b 12b 13b 14c 15c 16c"),
        // Node hints: node-a1, then its zone, then the rest.
        Map.entry("shop/checkout:http", "17a | 18a | 19b 20b 21c"),
        Map.entry("shop/checkout:grpc", "17a | 18a | 19b 20b 21c"),
        Map.entry("shop/rolling:http", "34a~ 35a | 36b~ 37b 38c 39c"),
        // .20 has port 70000 and is left out; .21 has a hostile zone, which counts as unknown.
        Map.entry("data/vm:http", "10a | 11b 12c! 21-"),
        Map.entry("data/dual:http", "43a | 44b"),
        Map.entry("shop/frontend:http", "22a 23b 24c"),
        // Auto without hints: not safe, so cluster wide.
        Map.entry("shop/skewed:http", "25a 26a 27a 28a"),
        Map.entry("shop/node-agent:http", "29a"),
        Map.entry("shop/empty:http", ""),
        // Zones from the Nodes; .3 is not ready and has no Node.
        Map.entry("data/legacy:tcp", "1a 2b 3-!"),
        Map.entry("edge/udp-dns:dns", "45a 46b"));
  }

  private static Map<String, String> inZoneB() {
    return Map.ofEntries(
        Map.entry("shop/cart:http", "5b 6b | 2a 3a 4a 7c!"),
        Map.entry("shop/catalog:http", "11b 12b 13b | 8a 9a 10a 14c 15c 16c"),
        Map.entry("shop/checkout:http", "19b | 20b | 17a 18a 21c"),
        Map.entry("shop/rolling:http", "36b~ 37b | 34a~ 35a 38c 39c"),
        Map.entry("data/vm:http", "11b | 10a 12c! 21-"),
        Map.entry("data/dual:http", "44b | 43a"),
        Map.entry("shop/node-agent:http", "31b"));
  }

  private static Map<String, String> inZoneC() {
    return Map.ofEntries(
        // No hint names zone-c: what trafficDistribution asks for is derived from the zones.
        Map.entry("shop/cart:http", "7c! | 2a 3a 4a 5b 6b"),
        Map.entry("shop/catalog:http", "14c 15c 16c | 8a 9a 10a 11b 12b 13b"),
        Map.entry("shop/checkout:http", "21c | 17a 18a 19b 20b"),
        Map.entry("shop/rolling:http", "38c 39c | 34a~ 35a 36b~ 37b"),
        Map.entry("data/vm:http", "12c! | 10a 11b 21-"),
        // Nothing in zone-c: one tier.
        Map.entry("data/dual:http", "43a 44b"),
        Map.entry("shop/node-agent:http", "33c"));
  }
}

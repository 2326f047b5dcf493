package io.github.topologyxds.source.kubernetes;

import static io.github.topologyxds.source.kubernetes.ListedWorld.clusterScoped;
import static io.github.topologyxds.source.kubernetes.ListedWorld.endpoint;
import static io.github.topologyxds.source.kubernetes.ListedWorld.endpoints;
import static io.github.topologyxds.source.kubernetes.ListedWorld.pod;
import static io.github.topologyxds.source.kubernetes.ListedWorld.ports;
import static io.github.topologyxds.source.kubernetes.ListedWorld.services;
import static io.github.topologyxds.source.kubernetes.ListedWorld.slices;

import io.github.topologyxds.source.kubernetes.ListedWorld.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Clusters whose heap goes into one kind of thing: as they are usual, and as a tenant may make. */
final class HeapWorlds {
  private static final String ONE_PORT = "\"ports\":[{\"port\":80}]";

  private HeapWorlds() {}

  /** Services shop/s0, shop/s1, ... */
  private static Objects shop(int count, String spec) {
    return services(count, i -> "shop", i -> "s" + i, i -> spec);
  }

  /** Three ports with the longest names, of Services with the longest names. */
  private static Objects longNames(String spec, String protocol) {
    return services(
        1_000,
        i -> padded("n", 0),
        i -> padded("s", i),
        i -> spec + ports(3, p -> padded("p", p), protocol));
  }

  /** As long as a DNS label may be. */
  private static String padded(String prefix, int i) {
    String number = "-" + i;
    return prefix + "x".repeat(63 - prefix.length() - number.length()) + number;
  }

  private static String hints(int zones, int nodes) {
    IntFunction<String> zone = z -> "{\"name\":\"zone-" + z + "\"}";
    IntFunction<String> node = n -> "{\"name\":\"node-" + n + "\"}";
    return ",\"hints\":{\"forZones\":[%s],\"forNodes\":[%s]}"
        .formatted(
            IntStream.range(0, zones).mapToObj(zone).collect(Collectors.joining(",")),
            IntStream.range(0, nodes).mapToObj(node).collect(Collectors.joining(",")));
  }

  static Stream<ListedWorld> worlds() {
    return Stream.of(ofObjects(), ofNames(), ofSlices(), ofEndpoints(), ofOddities())
        .flatMap(worlds -> worlds);
  }

  private static Stream<ListedWorld> ofObjects() {
    return Stream.of(
        ListedWorld.of(
            "1,500 Services of 10 Pods",
            services(
                1_500,
                i -> "shop",
                i -> "s" + i,
                i ->
                    "\"clusterIPs\":[\"10.96.%d.%d\"],%s"
                        .formatted(i / 250, 1 + i % 250, ports(1, p -> "http", "TCP"))),
            slices(
                1_500,
                1_500,
                i -> ports(1, p -> "http", "TCP") + "," + endpoints(10, e -> pod(i * 10 + e)))),
        ListedWorld.of(
            "20,000 Nodes",
            clusterScoped(
                WatchedKind.NODE,
                20_000,
                i -> "ip-10-0-0-" + i + ".eu-central-1.compute.internal",
                i -> labels("eu-central-1" + i % 3, "eu-central-1"))),
        ListedWorld.of(
            "Nodes with the longest names, zones and regions",
            clusterScoped(
                WatchedKind.NODE,
                10_000,
                i -> (padded("a", 0) + ".").repeat(2) + padded("n", i),
                i -> labels(padded("z", i), padded("r", i)))),
        ListedWorld.of(
            "20,000 Namespaces",
            clusterScoped(WatchedKind.NAMESPACE, 20_000, i -> "ns-" + i, i -> "")),
        ListedWorld.of(
            "long annotations",
            clusterScoped(
                WatchedKind.NAMESPACE,
                50,
                i -> "ns-" + i,
                i ->
                    ",\"annotations\":{\"topology-xds.io/preference\":\"%s\",\"topology-xds.io/not-ready\":\"%s\"}"
                        .formatted("a".repeat(100_000), "ł".repeat(50_000)))),
        ListedWorld.of("tiny Services", shop(5_000, ONE_PORT)),
        ListedWorld.of("Services without ports", shop(10_000, "\"type\":\"ClusterIP\"")),
        ListedWorld.of(
            "a Service in each Namespace",
            services(3_000, i -> "ns-" + i, i -> "web", i -> ONE_PORT)));
  }

  private static String labels(String zone, String region) {
    return ",\"labels\":{\"topology.kubernetes.io/zone\":\"%s\",\"topology.kubernetes.io/region\":\"%s\"}"
        .formatted(zone, region);
  }

  private static Stream<ListedWorld> ofNames() {
    return Stream.of(
        ListedWorld.of("the longest names", longNames("", "TCP")),
        ListedWorld.of(
            "the longest names, addresses of both families",
            longNames(
                "\"clusterIPs\":[\"10.96.10.10\",\"fd00:1111:2222:3333:4444:5555:6666:7777\"],",
                "TCP")),
        ListedWorld.of("the longest names, headless", longNames("\"clusterIP\":\"None\",", "TCP")),
        ListedWorld.of("the longest names, UDP", longNames("", "UDP")),
        ListedWorld.of(
            "long appProtocols",
            shop(
                100,
                "\"ports\":[{\"port\":80,\"appProtocol\":\"%s\"}]".formatted("a".repeat(100_000)))),
        ListedWorld.of("UDP ports", shop(20, ports(500, p -> "p" + p, "UDP"))),
        ListedWorld.of("SCTP ports", shop(100, ports(500, p -> "p" + p, "SCTP"))),
        ListedWorld.of("TCP ports", shop(10, ports(500, p -> "p" + p, "TCP"))));
  }

  private static Stream<ListedWorld> ofSlices() {
    return Stream.of(
        ListedWorld.of(
            "slices without endpoints",
            shop(1, ONE_PORT),
            slices(20_000, 1, i -> endpoints(0, e -> "") + "," + ONE_PORT)),
        ListedWorld.of(
            "slices without a Service",
            slices(10_000, 10_000, i -> endpoints(0, e -> "") + "," + ONE_PORT)),
        ListedWorld.of(
            "slices of many ports",
            shop(1, ONE_PORT),
            slices(10, 1, i -> endpoints(0, e -> "") + "," + ports(10_000, p -> "p" + p, "TCP"))),
        ListedWorld.of(
            "ports of the same slices",
            shop(2, ports(100, p -> "p" + p, "TCP")),
            slices(2, 2, i -> ports(100, p -> "p" + p, "TCP") + "," + endpoints(500, e -> pod(e)))),
        ListedWorld.of(
            "ports of slices of their own",
            shop(1, ports(200, p -> "p" + p, "TCP")),
            slices(20, 1, i -> portsOfSlice(i) + "," + endpoints(20, e -> pod(i * 20 + e)))));
  }

  /** Each port stands in other slices than the next one. */
  private static String portsOfSlice(int slice) {
    return IntStream.rangeClosed(1, 200)
        .filter(port -> (port & (slice + 1)) != 0)
        .mapToObj(port -> "{\"name\":\"p%1$d\",\"port\":%1$d}".formatted(port))
        .collect(Collectors.joining(",", "\"ports\":[", "]"));
  }

  private static Stream<ListedWorld> ofEndpoints() {
    return Stream.of(
        ListedWorld.of(
            "many hints",
            shop(5, ONE_PORT),
            slices(
                5,
                5,
                i ->
                    ONE_PORT
                        + ","
                        + endpoints(
                            1_000, e -> endpoint(e, ",\"zone\":\"zone-0\"" + hints(8, 8))))),
        ListedWorld.of(
            "hostnames of a headless Service",
            shop(10, "\"clusterIP\":\"None\"," + ONE_PORT),
            slices(
                10,
                10,
                i -> ONE_PORT + "," + endpoints(500, e -> endpoint(e, named("zone-" + e % 3, e))))),
        ListedWorld.of(
                "hostnames and long zones",
                shop(10, ONE_PORT),
                slices(
                    10,
                    10,
                    i ->
                        ONE_PORT
                            + ","
                            + endpoints(200, e -> endpoint(e, named(padded("z", e), e)))))
            .zones(32, z -> padded("z", z)),
        ListedWorld.of(
            "both families",
            shop(500, "\"ipFamilies\":[\"IPv4\",\"IPv6\"]," + ONE_PORT),
            slices(500, 500, i -> ONE_PORT + "," + endpoints(20, e -> pod(i * 20 + e))),
            slices(1_000, 500, i -> ONE_PORT + "," + ofIpv6(endpoints(20, e -> pod(i * 20 + e))))));
  }

  private static String named(String zone, int i) {
    return ",\"zone\":\"%s\",\"hostname\":\"%s\"".formatted(zone, padded("h", i));
  }

  private static String ofIpv6(String endpoints) {
    return endpoints
        .replace("IPv4", "IPv6")
        .replaceAll("10\\.(\\d+)\\.(\\d+)\\.(\\d+)", "fd00:1111:2222:3333:4444:$1:$2:$3");
  }

  private static Stream<ListedWorld> ofOddities() {
    return Stream.of(
        ListedWorld.of(
            "the longest zones that get through an API server",
            shop(10, ONE_PORT),
            slices(
                10,
                10,
                i ->
                    ONE_PORT
                        + ","
                        + endpoints(
                            10, e -> endpoint(e, ",\"zone\":\"" + "ł".repeat(50_000) + "\"")))),
        ListedWorld.of(
            "invalid addresses",
            shop(200, ONE_PORT),
            slices(
                200,
                200,
                i ->
                    ONE_PORT + "," + endpoints(60, e -> "{\"addresses\":[\"a%d\"]}".formatted(e)))),
        ListedWorld.of(
            "invalid zones of duplicates",
            shop(100, "\"type\":\"y\",\"trafficDistribution\":\"z\"," + ONE_PORT),
            slices(
                200,
                100,
                i -> ONE_PORT + "," + endpoints(50, e -> endpoint(e, ",\"zone\":\"ł\"")))));
  }
}

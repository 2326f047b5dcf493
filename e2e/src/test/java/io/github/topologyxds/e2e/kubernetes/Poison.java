package io.github.topologyxds.e2e.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Slices that a real API server accepts; {@code %s} is the Service. */
final class Poison {
  /** How many of their endpoints can be used: one of them terminates, and serves until then. */
  static final int USABLE = 13;

  /** How many findings there are at least, by reason. */
  static final Map<String, Long> REASONS =
      Map.of(
          "ENDPOINT_DUPLICATE", 1L,
          "FQDN_SLICE", 1L,
          "PORT_INVALID", 1L,
          // 104 ports; of each reason 50 are told of one Service, and that there are more.
          "PORT_NOT_IN_SERVICE", 51L,
          // The one without a number, and port 0.
          "PORT_WITHOUT_NUMBER", 2L,
          "SLICE_WITHOUT_LABEL", 1L,
          "SLICE_WITHOUT_SERVICE", 1L,
          "ZONE_INVALID", 2L);

  private static final String HTTP = "{name: http, port: 8080}";

  static final List<String> SLICES =
      List.of(
          slice("port-zero", "{name: http, port: 0}", "{addresses: [10.78.0.1]}"),
          slice("port-high", "{name: http, port: 70000}", "{addresses: [10.78.0.2]}"),
          slice("port-none", "{name: http}", "{addresses: [10.78.0.3]}"),
          slice("port-nameless", "{port: 8080}", "{addresses: [10.78.0.4]}"),
          slice("sctp", "{name: http, port: 8080, protocol: SCTP}", "{addresses: [10.78.0.5]}"),
          slice(
              "twice",
              "{name: http, port: 8080}",
              "{addresses: [10.78.1.1]}, {addresses: [10.78.1.1]}"),
          slice(
              "zones",
              "{name: http, port: 8080}",
              "{addresses: [10.78.1.2], zone: \"a\\n<script>alert(1)</script>\"},"
                  + " {addresses: [10.78.1.3], zone: \""
                  + "z".repeat(100_000)
                  + "\"}"),
          slice(
              "hints",
              "{name: http, port: 8080}",
              "{addresses: [10.78.1.4], hints: {}},"
                  + " {addresses: [10.78.1.5], hints: {forZones: [{name: \"\"}]}}"),
          slice(
              "gone",
              "{name: http, port: 8080}",
              "{addresses: [10.78.0.6], conditions: {ready: false, terminating: true}}"),
          slice("udp", "{name: http, port: 8080, protocol: UDP}", "{addresses: [10.78.0.7]}"),
          slice("ports", manyPorts(), "{addresses: [10.78.0.8]}"),
          slice("addresses", HTTP, "{addresses: [" + addresses("10.78.2.", 100) + "]}"),
          slice(
              "both",
              HTTP,
              "{addresses: [10.78.1.6], conditions: {ready: true, terminating: true}}"),
          slice(
              "odd-hints",
              HTTP,
              "{addresses: [10.78.1.7], hints: {forZones: []}},"
                  + " {addresses: [10.78.1.8], zone: nowhere, hints: {forZones: [{name: nowhere}]}},"
                  + " {addresses: [10.78.1.9], hints: {forZones: ["
                  + names(8)
                  + "]}},"
                  + " {addresses: [10.78.1.10], hints: {forNodes: [{name: n}]}},"
                  + " {addresses: [10.78.1.11], hints: {forNodes: [{name: n}], forZones: [{name: z}]}}"),
          slice("portless", "", "{addresses: [10.78.0.9]}"),
          slice("orphan", HTTP, "{addresses: [10.78.0.10]}").replace("%s", "no-such-service"),
          slice("unlabelled", HTTP, "{addresses: [10.78.0.11]}")
              .replace("kubernetes.io/service-name: %s", ""),
          // A garbage collector deletes it, so its endpoint is one that stands elsewhere, too.
          slice("owned", HTTP, "{addresses: [10.77.0.1]}")
              .replace(
                  "name: poison-owned,",
                  "name: poison-owned, ownerReferences: [{apiVersion: v1, kind: Service,"
                      + " name: web, uid: 00000000-0000-0000-0000-000000000000}],"),
          """
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: {name: fqdn, labels: {kubernetes.io/service-name: %s}}
          addressType: FQDN
          ports: [{name: http, port: 8080}]
          endpoints: [{addresses: [example.org]}]
          """,
          """
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: {name: empty, labels: {kubernetes.io/service-name: %s}}
          addressType: IPv4
          endpoints: []
          """);

  private Poison() {}

  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj("{name: z%d}"::formatted)
        .collect(Collectors.joining(", "));
  }

  private static String addresses(String prefix, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> prefix + i)
        .collect(Collectors.joining(", "));
  }

  private static String manyPorts() {
    return IntStream.rangeClosed(1, 101)
        .mapToObj(i -> "{name: p%d, port: %d}".formatted(i, 9000 + i))
        .collect(Collectors.joining(", "));
  }

  private static String slice(String name, String ports, String endpoints) {
    return """
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: poison-NAME, labels: {kubernetes.io/service-name: %s}}
    addressType: IPv4
    ports: [PORTS]
    endpoints: [ENDPOINTS]
    """
        .replace("NAME", name)
        .replace("PORTS", ports)
        .replace("ENDPOINTS", endpoints);
  }

  /** As many as the API lets into one slice. */
  static String thousandEndpoints() {
    String endpoints =
        IntStream.range(0, 1000)
            .mapToObj(i -> "{addresses: [10.79." + (i >> 8) + "." + (i & 255) + "]}")
            .collect(Collectors.joining(", "));
    return slice("thousand", "{name: http, port: 8080}", endpoints).formatted("web");
  }
}

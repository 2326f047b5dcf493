package io.github.topologyxds.e2e.kubernetes;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Slices that a real API server accepts; {@code %s} is the Service. */
final class Poison {
  /** How many of their endpoints can be used: one of them terminates, and serves until then. */
  static final int USABLE = 6;

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

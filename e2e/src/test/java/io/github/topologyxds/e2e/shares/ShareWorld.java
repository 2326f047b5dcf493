package io.github.topologyxds.e2e.shares;

import io.github.topologyxds.model.ObjectName;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A random Service with a slice, as YAML: endpoints of three zones that are ready, not ready or
 * terminating, with hints of all kinds, and all that a Service can ask for. Equal numbers give
 * equal worlds.
 */
final class ShareWorld {
  /** Endpoints of all worlds are at the same addresses, 127.2.0.1 and on. */
  static final int ENDPOINTS = 9;

  private static final Set<String> ZONES = Set.of("zone-a", "zone-b", "zone-c");
  private static final List<String> NODES = List.of("node-a1", "node-a2", "node-b1", "node-c1");

  private final int number;
  private final int port;
  private final Random random;

  ShareWorld(int number, int port) {
    this.number = number;
    this.port = port;
    this.random = new Random(number);
  }

  /** The Nodes that all worlds share; the client is on the first. */
  static String nodes() {
    return nodesWithCpuIn(ZONES);
  }

  /**
   * The same Nodes, of which only those of some zones have CPU to say how much is asked from there.
   */
  static String nodesWithCpuIn(Set<String> zones) {
    StringBuilder yaml = new StringBuilder();
    for (String node : NODES) {
      yaml.append(
          """
          apiVersion: v1
          kind: Node
          metadata:
            name: %s
            labels:
              topology.kubernetes.io/zone: %s
          status:
            allocatable: {cpu: %d}
          ---
          """
              .formatted(node, zone(node), zones.contains(zone(node)) ? 8 : 0));
    }
    return yaml.toString();
  }

  static String address(int endpoint) {
    return "127.2.0." + (endpoint + 1);
  }

  ObjectName name() {
    return new ObjectName("shares", "world-" + number);
  }

  String yaml() {
    String asks =
        one(
            "trafficDistribution: PreferSameZone",
            "trafficDistribution: PreferSameNode",
            "trafficDistribution: PreferClose",
            "trafficDistribution: PreferSameZone",
            "trafficDistribution: PreferSameNode",
            "internalTrafficPolicy: Cluster",
            "internalTrafficPolicy: Local");
    String preference = one("same-zone", "same-node", "none", "", "", "", "", "");
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        """
        apiVersion: v1
        kind: Service
        metadata:
          namespace: shares
          name: %s
          annotations: {%s}
        spec:
          clusterIP: 10.96.%d.%d
          %s
          ports: [{name: http, port: 80}]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          namespace: shares
          name: %s-1
          labels: {kubernetes.io/service-name: %s}
        addressType: IPv4
        ports: [{name: http, port: %d}]
        endpoints:
        """
            .formatted(
                name().name(),
                preference.isEmpty() ? "" : "topology-xds.io/preference: " + preference,
                number / 250,
                number % 250 + 1,
                asks,
                name().name(),
                name().name(),
                port));
    String hints = one("none", "zones", "zones", "nodes", "partial");
    int count = 1 + random.nextInt(2) + random.nextInt(ENDPOINTS - 1);
    for (int endpoint = 0; endpoint < count; endpoint++) {
      yaml.append(endpoint(endpoint, hints));
    }
    return yaml.toString();
  }

  private String endpoint(int endpoint, String hints) {
    String node = NODES.get(random.nextInt(NODES.size()));
    String conditions =
        one(
            "ready: true",
            "ready: true",
            "ready: true",
            "ready: false",
            "ready: false",
            "ready: false",
            "ready: false, serving: true, terminating: true");
    boolean hinted =
        conditions.equals("ready: true")
            && !hints.equals("none")
            && (!hints.equals("partial") || random.nextInt(4) > 0);
    String zoneHint = random.nextInt(5) == 0 ? one("zone-a", "zone-b", "zone-c") : zone(node);
    String forNodes = hints.equals("nodes") ? ", forNodes: [{name: " + node + "}]" : "";
    return "- {addresses: [%s], nodeName: %s, zone: %s, conditions: {%s}%s}\n"
        .formatted(
            address(endpoint),
            node,
            zone(node),
            conditions,
            hinted ? ", hints: {forZones: [{name: " + zoneHint + "}]" + forNodes + "}" : "");
  }

  private static String zone(String node) {
    return "zone-" + node.charAt("node-".length());
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

package io.github.topologyxds.e2e.shares;

import io.github.topologyxds.model.ObjectName;
import java.util.List;
import java.util.Map;

/**
 * A Service that asks for something, with three endpoints in zone-a, where the client is, and two
 * each in zone-b and zone-c.
 *
 * @param annotations as YAML writes them
 * @param unready the places of endpoints that are not ready, 0 and on
 */
record AskedService(ObjectName name, String annotations, List<Integer> unready) {
  private static final List<String> ZONES = List.of("a", "a", "a", "b", "b", "c", "c");

  /** Returns the Service and its slice, ended by a separator. */
  String yaml(int number, int port) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: v1
            kind: Service
            metadata:
              namespace: %s
              name: %s
              annotations: {%s}
            spec:
              clusterIP: 10.97.0.%d
              ports: [{name: http, port: 80}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              namespace: %s
              name: %s-1
              labels: {kubernetes.io/service-name: %s}
            addressType: IPv4
            ports: [{name: http, port: %d}]
            endpoints:
            """
                .formatted(
                    name.namespace(),
                    name.name(),
                    annotations,
                    number + 1,
                    name.namespace(),
                    name.name(),
                    name.name(),
                    port));
    for (int endpoint = 0; endpoint < ZONES.size(); endpoint++) {
      yaml.append(
          "- {addresses: [%s], nodeName: node-%s1, zone: zone-%s, conditions: {ready: %s}}\n"
              .formatted(
                  ShareWorld.address(endpoint),
                  ZONES.get(endpoint),
                  ZONES.get(endpoint),
                  !unready.contains(endpoint)));
    }
    return yaml.append("---\n").toString();
  }

  /** Returns how many of these requests, by address with port, were answered in a zone. */
  static long requestsIn(String zone, Map<String, Long> byHost) {
    return byHost.entrySet().stream()
        .filter(host -> zone(host.getKey()).equals(zone))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static String zone(String address) {
    int place = Integer.parseInt(address.substring("127.2.0.".length(), address.indexOf(':'))) - 1;
    return ZONES.get(place);
  }
}

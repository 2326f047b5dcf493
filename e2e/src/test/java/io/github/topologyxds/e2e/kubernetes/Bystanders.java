package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.e2e.protocol.SeenHost;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Services with one endpoint each that have nothing to do with what happens to others. The first
 * few change meanwhile.
 */
record Bystanders(String namespace, int count) {
  static final int CHANGED = 10;

  String manifests() {
    return IntStream.range(0, count)
        .mapToObj(i ->
            """
            apiVersion: v1
            kind: Service
            metadata: {name: by%1$d, namespace: %2$s}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: by%1$d
              namespace: %2$s
              labels: {kubernetes.io/service-name: by%1$d}
            addressType: IPv4
            ports: [{name: http, port: 8080}]
            endpoints: [{addresses: [%3$s]}]
            """
                .formatted(i, namespace, address(80, i)))
        .collect(Collectors.joining("\n---\n"));
  }

  private static String address(int net, int i) {
    return "10.%d.%d.%d".formatted(net, i >> 8, i & 255);
  }

  /** Returns where the changed one is in the end. */
  String changedAddress(int i) {
    return address(81, i);
  }

  /** Whether all of them are as they must be in the end. */
  boolean areRight(Map<String, SortedSet<SeenHost>> clusters) {
    return IntStream.range(0, count)
        .allMatch(i -> {
          String expected = i < CHANGED ? changedAddress(i) : address(80, i);
          return clusters.getOrDefault(namespace + "/by" + i + ":http", new TreeSet<>()).stream()
              .map(SeenHost::address)
              .toList()
              .equals(java.util.List.of(expected + ":8080"));
        });
  }
}

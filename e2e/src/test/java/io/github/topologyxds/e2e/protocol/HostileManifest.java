package io.github.topologyxds.e2e.protocol;

import java.util.StringJoiner;

/** A List with a Service and its EndpointSlice, as an API server takes them. */
final class HostileManifest {
  private HostileManifest() {}

  static String of(String namespace, String name, int ports, int endpoints) {
    StringJoiner of = new StringJoiner(",");
    StringJoiner targets = new StringJoiner(",");
    for (int i = 1; i <= ports; i++) {
      of.add("{\"name\":\"p%1$d\",\"port\":%1$d}".formatted(i));
      targets.add("{\"name\":\"p%1$d\",\"port\":%1$d,\"protocol\":\"TCP\"}".formatted(i));
    }
    StringJoiner addresses = new StringJoiner(",");
    for (int i = 0; i < endpoints; i++) {
      addresses.add(
          "{\"addresses\":[\"10.9.%d.%d\"],\"zone\":\"zone-%d\"}"
              .formatted(i / 250, 1 + i % 250, i % 3));
    }
    return """
    {"apiVersion":"v1","kind":"List","items":[
    {"apiVersion":"v1","kind":"Service","metadata":{"namespace":"%5$s","name":"%1$s"},
    "spec":{"ports":[%2$s]}},
    {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
    "metadata":{"namespace":"%5$s","name":"%1$s-1",
    "labels":{"kubernetes.io/service-name":"%1$s"}},
    "ports":[%3$s],"endpoints":[%4$s]}]}
    """
        .formatted(name, of, targets, addresses, namespace);
  }
}

package io.github.topologyxds.e2e.apiserver;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster of any size, for {@link ApiServer#load}: every Service with one slice of its own, the
 * endpoints spread over the nodes and the nodes over three zones.
 *
 * @param endpointsEach per Service; at most 1,000
 */
public record GeneratedCluster(int services, int endpointsEach, int nodes) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ZONES = 3;
  private static final int NAMESPACES = 20;

  /** Nodes, Services and EndpointSlices, the same at every call. */
  public Stream<ObjectNode> objects() {
    return Stream.concat(
        IntStream.range(0, nodes).mapToObj(GeneratedCluster::node),
        IntStream.range(0, services).boxed().flatMap(i -> Stream.of(service(i), slice(i))));
  }

  private static ObjectNode node(int number) {
    ObjectNode node = object("v1", "Node");
    ObjectNode metadata = node.putObject("metadata").put("name", "node-" + number);
    metadata
        .putObject("labels")
        .put("kubernetes.io/hostname", "node-" + number)
        .put("topology.kubernetes.io/region", "region-1")
        .put("topology.kubernetes.io/zone", zone(number));
    ObjectNode status = node.putObject("status");
    status.putObject("allocatable").put("cpu", "8");
    status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
    return node;
  }

  private static ObjectNode service(int number) {
    ObjectNode service = object("v1", "Service");
    service
        .putObject("metadata")
        .put("name", "service-" + number)
        .put("namespace", namespace(number));
    ObjectNode spec = service.putObject("spec").put("type", "ClusterIP");
    String address =
        "10.%d.%d.%d".formatted(96 + (number >> 16), number >> 8 & 0xff, number & 0xff);
    spec.put("clusterIP", address).putArray("clusterIPs").add(address);
    spec.putArray("ipFamilies").add("IPv4");
    spec.put("trafficDistribution", "PreferSameZone").put("internalTrafficPolicy", "Cluster");
    spec.putArray("ports")
        .addObject()
        .put("name", "http")
        .put("port", 80)
        .put("protocol", "TCP")
        .put("targetPort", 8080);
    return service;
  }

  private ObjectNode slice(int number) {
    ObjectNode slice = object("discovery.k8s.io/v1", "EndpointSlice");
    slice
        .putObject("metadata")
        .put("name", "service-" + number + "-x")
        .put("namespace", namespace(number))
        .putObject("labels")
        .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
        .put("kubernetes.io/service-name", "service-" + number);
    slice.put("addressType", "IPv4");
    ArrayNode endpoints = slice.putArray("endpoints");
    for (int i = 0; i < endpointsEach; i++) {
      endpoints.add(endpoint(number * endpointsEach + i));
    }
    slice
        .putArray("ports")
        .addObject()
        .put("name", "http")
        .put("port", 8080)
        .put("protocol", "TCP");
    return slice;
  }

  private ObjectNode endpoint(int number) {
    ObjectNode endpoint = JSON.createObjectNode();
    int node = nodes == 0 ? number : number % nodes;
    endpoint
        .putArray("addresses")
        .add("10.%d.%d.%d".formatted(128 + (number >> 16), number >> 8 & 0xff, number & 0xff));
    endpoint
        .putObject("conditions")
        .put("ready", true)
        .put("serving", true)
        .put("terminating", false);
    endpoint.put("nodeName", "node-" + node).put("zone", zone(node));
    endpoint.putObject("hints").putArray("forZones").addObject().put("name", zone(node));
    return endpoint;
  }

  private static ObjectNode object(String apiVersion, String kind) {
    return JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
  }

  private static String namespace(int number) {
    return "team-" + number % NAMESPACES;
  }

  private static String zone(int node) {
    return "zone-" + (char) ('a' + node % ZONES);
  }
}

package io.github.topologyxds.e2e.apiserver;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a real API server adds where the writer was silent. A client of ours must not come to rely
 * on less (nor on more) than it gets there.
 */
final class Defaults {
  private Defaults() {}

  /**
   * Fills in.
   *
   * @param old null for a new object
   */
  static void apply(ResourceKind kind, ObjectNode object, @Nullable JsonNode old) {
    switch (kind) {
      case ENDPOINT_SLICES -> slice(object);
      case SERVICES -> service(object, old);
      case NAMESPACES -> namespace(object);
      case NODES, PODS, EVENTS, ENDPOINTS, LEASES, CUSTOM_RESOURCE_DEFINITIONS -> {}
      case EXTERNAL_WORKLOADS, SERVICE_CIDRS -> {}
    }
  }

  private static void slice(ObjectNode slice) {
    for (JsonNode endpoint : slice.path("endpoints")) {
      if (endpoint instanceof ObjectNode fields && !fields.has("conditions")) {
        fields.putObject("conditions");
      }
    }
    for (JsonNode port : slice.path("ports")) {
      if (port instanceof ObjectNode fields) {
        absent(fields, "name", "");
        absent(fields, "protocol", "TCP");
      }
    }
    // Fields of the Go struct without omitempty: an empty slice is written with nulls.
    for (String list : new String[] {"endpoints", "ports"}) {
      if (slice.path(list).isEmpty()) {
        slice.putNull(list);
      }
    }
  }

  private static void service(ObjectNode service, @Nullable JsonNode old) {
    ObjectNode spec = service.withObject("spec");
    absent(spec, "type", "ClusterIP");
    absent(spec, "sessionAffinity", "None");
    for (JsonNode port : spec.path("ports")) {
      if (port instanceof ObjectNode fields) {
        absent(fields, "protocol", "TCP");
        if (!fields.has("targetPort")) {
          fields.set("targetPort", fields.path("port"));
        }
      }
    }
    if (!spec.path("type").asString().equals("ExternalName")) {
      absent(spec, "internalTrafficPolicy", "Cluster");
      addresses(spec, old == null ? null : old.path("spec"));
    }
    if (!service.has("status")) {
      service.putObject("status").putObject("loadBalancer");
    }
  }

  /** The allocators: what an earlier version was given stays, a new one gets a free address. */
  private static void addresses(ObjectNode spec, @Nullable JsonNode old) {
    if (old != null) {
      for (String field :
          new String[] {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
        if (!spec.has(field) && old.has(field)) {
          spec.set(field, old.path(field));
        }
      }
    }
    boolean dual = spec.path("ipFamilyPolicy").asString("").endsWith("DualStack");
    absent(
        spec,
        "ipFamilyPolicy",
        spec.path("ipFamilies").size() > 1 ? "RequireDualStack" : "SingleStack");
    if (!spec.has("ipFamilies")) {
      ArrayNode families = spec.putArray("ipFamilies");
      families.add(spec.path("clusterIP").asString("").contains(":") ? "IPv6" : "IPv4");
      if (dual) {
        families.add("IPv6");
      }
    }
    if (!spec.has("clusterIP")) {
      spec.put("clusterIP", ClusterAddress.next(spec.path("ipFamilies").path(0).asString()));
    }
    if (!spec.has("clusterIPs")) {
      ArrayNode addresses = spec.putArray("clusterIPs").add(spec.path("clusterIP").asString());
      if (spec.path("ipFamilies").size() > 1 && !addresses.path(0).asString().equals("None")) {
        addresses.add(ClusterAddress.next(spec.path("ipFamilies").path(1).asString()));
      }
    }
  }

  private static void namespace(ObjectNode namespace) {
    ObjectNode metadata = namespace.withObject("metadata");
    // Set by the server on every namespace, whatever the writer says.
    metadata
        .withObject("labels")
        .put("kubernetes.io/metadata.name", metadata.path("name").asString());
    if (!namespace.has("spec")) {
      namespace.putObject("spec").putArray("finalizers").add("kubernetes");
    }
    if (!namespace.has("status")) {
      namespace.putObject("status").put("phase", "Active");
    }
  }

  private static void absent(ObjectNode fields, String name, String value) {
    if (!fields.has(name)) {
      fields.put(name, value);
    }
  }
}

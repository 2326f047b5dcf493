package io.github.topologyxds.e2e.apiserver;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The field ownership that a real server keeps on every object. Here the last writer owns all, and
 * lists are owned whole, which is exact for EndpointSlices; elsewhere it is bulk of the right kind.
 */
final class ManagedFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ManagedFields() {}

  /**
   * Writes the entry.
   *
   * @param userAgent of the writer; what stands before the slash is the manager's name
   */
  static void stamp(ObjectNode object, ResourceKind kind, String userAgent) {
    ObjectNode fields = JSON.createObjectNode();
    for (var field : object.properties()) {
      switch (field.getKey()) {
        case "kind", "apiVersion", "status" -> {}
        case "metadata" -> {
          ObjectNode owned = metadata(field.getValue());
          if (!owned.isEmpty()) {
            fields.set("f:metadata", owned);
          }
        }
        default -> fields.putObject("f:" + field.getKey());
      }
    }
    ObjectNode entry = object.withObject("metadata").putArray("managedFields").addObject();
    int slash = userAgent.indexOf('/');
    entry
        .put("manager", slash < 0 ? userAgent : userAgent.substring(0, slash))
        .put("operation", "Update")
        .put("apiVersion", kind.apiVersion())
        .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("fieldsType", "FieldsV1")
        .set("fieldsV1", fields);
  }

  private static ObjectNode metadata(JsonNode metadata) {
    ObjectNode owned = JSON.createObjectNode();
    if (metadata.has("generateName")) {
      owned.putObject("f:generateName");
    }
    for (String map : new String[] {"labels", "annotations"}) {
      if (!metadata.path(map).isEmpty()) {
        ObjectNode keys = owned.putObject("f:" + map);
        keys.putObject(".");
        metadata.path(map).properties().forEach(key -> keys.putObject("f:" + key.getKey()));
      }
    }
    if (!metadata.path("ownerReferences").isEmpty()) {
      ObjectNode owners = owned.putObject("f:ownerReferences");
      owners.putObject(".");
      for (JsonNode owner : metadata.path("ownerReferences")) {
        owners.putObject("k:{\"uid\":\"" + owner.path("uid").asString("") + "\"}");
      }
    }
    return owned;
  }
}

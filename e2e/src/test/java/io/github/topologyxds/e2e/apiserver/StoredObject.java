package io.github.topologyxds.e2e.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of an object. Kept as bytes, not as a tree: 100,000 endpoints are 25 MB so, and a
 * benchmark of the product in the same JVM is not told a story about the heap.
 *
 * @param json the object without {@code kind} and {@code apiVersion}, as it stands in a list
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredObject(
    ObjectKey key, String uid, long revision, SortedMap<String, String> labels, byte[] json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes a whole object whose metadata is complete. */
  static StoredObject of(ObjectKey key, ObjectNode whole) {
    ObjectNode item = JSON.createObjectNode();
    for (var field : whole.properties()) {
      // Items of a list carry no kind, but those of a custom resource do.
      if (!field.getKey().equals("kind") && !field.getKey().equals("apiVersion")) {
        item.set(field.getKey(), field.getValue());
      }
    }
    JsonNode metadata = whole.path("metadata");
    SortedMap<String, String> labels = new TreeMap<>();
    metadata
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
    return new StoredObject(
        key,
        metadata.path("uid").asString(""),
        Long.parseLong(metadata.path("resourceVersion").asString()),
        labels,
        JSON.writeValueAsBytes(item));
  }

  /** As it stands in a list. */
  byte[] item() {
    return switch (key.kind()) {
      case EXTERNAL_WORKLOADS -> whole();
      case SERVICES,
          NODES,
          NAMESPACES,
          PODS,
          EVENTS,
          ENDPOINTS,
          ENDPOINT_SLICES,
          LEASES,
          CUSTOM_RESOURCE_DEFINITIONS,
          SERVICE_CIDRS ->
          json;
    };
  }

  /** As it stands alone and in a watch: with kind and apiVersion in front. */
  byte[] whole() {
    byte[] head =
        "{\"kind\":\"%s\",\"apiVersion\":\"%s\","
            .formatted(key.kind().kind(), key.kind().apiVersion())
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[head.length + json.length - 1];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(json, 1, whole, head.length, json.length - 1);
    return whole;
  }

  /** A fresh tree of the whole object, the caller's to change. */
  ObjectNode tree() {
    return (ObjectNode) JSON.readTree(whole());
  }

  /** The same object as it leaves the store: the event of a deletion has a revision of its own. */
  StoredObject at(long deletedAt) {
    ObjectNode tree = tree();
    ((ObjectNode) tree.path("metadata")).put("resourceVersion", Long.toString(deletedAt));
    return of(key, tree);
  }
}

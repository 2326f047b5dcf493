package io.github.topologyxds.e2e.apiserver;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects written down as YAML or JSON: several documents, or Lists, or both. */
final class Manifests {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Manifests() {}

  static List<ObjectNode> parse(String text) {
    List<ObjectNode> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.path("kind").asString("").endsWith("List")) {
          document.path("items").forEach(item -> objects.add((ObjectNode) item));
        } else if (document instanceof ObjectNode object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  /** Which object it is; of its metadata the namespace may be missing, which means default. */
  static ObjectKey key(ObjectNode object) {
    String version = object.path("apiVersion").asString("");
    String kindName = object.path("kind").asString("");
    ResourceKind kind =
        ResourceKind.ofManifest(version, kindName)
            .orElseThrow(
                () -> new IllegalArgumentException("not held here: " + version + " " + kindName));
    JsonNode metadata = object.path("metadata");
    return ObjectKey.of(
        kind, metadata.path("namespace").asString("default"), Metadata.nameOf(object));
  }
}

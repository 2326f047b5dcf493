package io.github.topologyxds.e2e.apiserver;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The part of an object that belongs to the server. */
final class Metadata {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final Random SUFFIXES = new Random();
  private static final List<String> SERVERS =
      List.of("uid", "resourceVersion", "generation", "creationTimestamp");

  /** In the order of the Go struct, which is the order on the wire. */
  private static final List<String> ORDER =
      List.of(
          "name",
          "generateName",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private Metadata() {}

  /** The name that a POST gives the object: its own, or generateName and five letters. */
  static String nameOf(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    String name = metadata.path("name").asString("");
    String prefix = metadata.path("generateName").asString("");
    if (!name.isEmpty() || prefix.isEmpty()) {
      return name;
    }
    StringBuilder generated = new StringBuilder(prefix);
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      generated.append(SUFFIX_LETTERS.charAt(SUFFIXES.nextInt(SUFFIX_LETTERS.length())));
    }
    return generated.toString();
  }

  /**
   * Gives an object the metadata that a server gives it. A loaded object keeps what it brings, as
   * it would from a restored etcd.
   *
   * @param old null for a new object
   */
  static void stamp(ObjectNode object, ObjectKey key, @Nullable JsonNode old, long revision) {
    ObjectNode given = object.withObject("metadata");
    if (!key.namespace().isEmpty()) {
      given.put("namespace", key.namespace());
    }
    given.put("name", key.name());
    if (old == null) {
      absent(given, "uid", UUID.randomUUID().toString());
      absent(given, "creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      if (key.kind().hasGeneration() && !given.has("generation")) {
        given.put("generation", 1);
      }
    } else {
      JsonNode before = old.path("metadata");
      for (String field : SERVERS) {
        given.remove(field);
        if (before.has(field)) {
          given.set(field, before.path(field));
        }
      }
      if (key.kind().hasGeneration() && counts(key.kind(), object, old)) {
        given.put("generation", before.path("generation").asLong() + 1);
      }
    }
    given.put("resourceVersion", Long.toString(revision));
    object.set("metadata", ordered(given));
  }

  /** Forgets what a client may not set on a new object. */
  static void clear(ObjectNode object) {
    ObjectNode metadata = object.withObject("metadata");
    metadata.remove(SERVERS);
    metadata.remove(List.of("managedFields", "deletionTimestamp", "selfLink"));
  }

  /**
   * Whether a change is one that generation counts: of slices also their labels, never annotations.
   */
  private static boolean counts(ResourceKind kind, JsonNode now, JsonNode old) {
    if (kind != ResourceKind.ENDPOINT_SLICES) {
      return !now.path("spec").equals(old.path("spec"));
    }
    JsonNode labels = now.path("metadata").path("labels");
    return !content(now).equals(content(old))
        || !labels.equals(old.path("metadata").path("labels"));
  }

  private static ObjectNode content(JsonNode object) {
    ObjectNode content = (ObjectNode) object.deepCopy();
    content.remove(List.of("metadata", "kind", "apiVersion"));
    return content;
  }

  private static ObjectNode ordered(ObjectNode metadata) {
    ObjectNode ordered = JSON.createObjectNode();
    for (String field : ORDER) {
      if (metadata.has(field)) {
        ordered.set(field, metadata.path(field));
      }
    }
    metadata
        .properties()
        .forEach(field -> {
          if (!ordered.has(field.getKey())) {
            ordered.set(field.getKey(), field.getValue());
          }
        });
    return ordered;
  }

  private static void absent(ObjectNode fields, String name, String value) {
    if (!fields.has(name)) {
      fields.put(name, value);
    }
  }
}

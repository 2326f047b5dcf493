package io.github.topologyxds.e2e.apiserver;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** POST, PUT and PATCH, and a test's own hand. */
final class Writes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;

  Writes(Store store) {
    this.store = store;
  }

  /** A write that was done: what was written, and whether it is new. */
  record Written(StoredObject object, boolean created) {}

  /** Which part of an object a write is about, where the status is written apart. */
  private enum Part {
    /** Spec and metadata; the status stays as it is. */
    MAIN,
    STATUS,
    /** All of it, which no client can do: a test's own hand. */
    WHOLE;

    static Part of(Target target) {
      return target.isStatus() ? STATUS : MAIN;
    }
  }

  private record Author(String userAgent, Part part) {}

  StoredObject create(Target target, ObjectNode body, String userAgent) {
    requireNamespace(target);
    String name = Metadata.nameOf(body);
    ResourceKind kind = target.kind();
    if (name.isEmpty()) {
      throw Refusal.invalid(
          kind,
          "",
          List.of(Violation.required("metadata.name", "name or generateName is required")));
    }
    return store.write(
        ObjectKey.of(kind, target.namespace(), name),
        (existing, next) -> {
          if (existing != null) {
            throw Refusal.alreadyExists(kind, name);
          }
          ObjectKey key = ObjectKey.of(kind, target.namespace(), name);
          return first(key, body, new Author(userAgent, Part.MAIN), next);
        });
  }

  Written update(Target target, ObjectNode body, String userAgent) {
    requireNamespace(target);
    ResourceKind kind = target.kind();
    Author author = new Author(userAgent, Part.of(target));
    boolean[] created = {false};
    StoredObject written =
        store.write(
            target.key(),
            (existing, next) -> {
              if (existing == null && kind.putCreates() && !target.isStatus()) {
                created[0] = true;
                return first(target.key(), body, author, next);
              }
              return replaced(found(existing, target.key()), old -> body, author, next);
            });
    return new Written(written, created[0]);
  }

  StoredObject patch(Target target, JsonNode patch, String userAgent) {
    return store.write(
        target.key(),
        (existing, next) ->
            replaced(
                found(existing, target.key()),
                old -> {
                  ObjectNode patched = old.deepCopy();
                  if (!patch.path("metadata").has("resourceVersion")) {
                    patched.withObject("metadata").remove("resourceVersion");
                  }
                  MergePatch.apply(patched, patch);
                  return patched;
                },
                new Author(userAgent, Part.of(target)),
                next));
  }

  /** Makes or replaces an object with all that it has, its status too, under the server's rules. */
  StoredObject put(ObjectKey key, ObjectNode object) {
    Author test = new Author("test", Part.WHOLE);
    return store.write(
        key,
        (existing, next) ->
            existing == null
                ? first(key, object, test, next)
                : replaced(
                    existing,
                    old -> {
                      ObjectNode asked = object.deepCopy();
                      asked.withObject("metadata").remove(List.of("resourceVersion", "uid"));
                      return asked;
                    },
                    test,
                    next));
  }

  /** Puts an object into the store as it is, past all rules, and takes it over. */
  void load(ObjectKey key, ObjectNode object) {
    store.write(
        key,
        (existing, next) -> {
          Metadata.stamp(object, key, existing == null ? null : existing.tree(), next);
          return new Edit.Put(StoredObject.of(key, object));
        });
  }

  /** Puts an object into the store together with the resourceVersion that it brings. */
  void restore(ObjectKey key, ObjectNode object) {
    store.write(key, (existing, next) -> new Edit.Put(StoredObject.of(key, object)));
  }

  /** The first version of an object. */
  private Edit first(ObjectKey key, ObjectNode body, Author author, long revision) {
    ResourceKind kind = key.kind();
    ObjectNode object = body.deepCopy();
    Metadata.clear(object);
    if (kind.hasStatus() && kind != ResourceKind.NODES && author.part() != Part.WHOLE) {
      // Only a Node may come into the world with a status.
      object.remove("status");
    }
    Defaults.apply(kind, object, null);
    judge(key, object, null);
    ManagedFields.stamp(object, kind, author.userAgent());
    Metadata.stamp(object, key, null, revision);
    return new Edit.Put(StoredObject.of(key, object));
  }

  private Edit replaced(
      StoredObject existing, UnaryOperator<ObjectNode> change, Author author, long revision) {
    ObjectKey key = existing.key();
    ObjectNode old = existing.tree();
    ObjectNode asked = change.apply(old);
    String version = asked.path("metadata").path("resourceVersion").asString("");
    String uid = asked.path("metadata").path("uid").asString(existing.uid());
    if ((!version.isEmpty() && !version.equals(Long.toString(existing.revision())))
        || !uid.equals(existing.uid())) {
      throw Refusal.modified(key.kind(), key.name());
    }
    ObjectNode object = (author.part() == Part.STATUS ? old : asked).deepCopy();
    if (key.kind().hasStatus()) {
      copy(author.part() == Part.MAIN ? old : asked, object, "status");
    }
    Defaults.apply(key.kind(), object, old);
    judge(key, object, old);
    Metadata.stamp(object, key, old, existing.revision());
    copy(old.path("metadata"), (ObjectNode) object.path("metadata"), "managedFields");
    if (canonical(object).equals(canonical(old))) {
      return new Edit.Keep(existing);
    }
    // Compared as they are written: a number's Java type must not count as a change of the spec.
    ObjectNode whole = canonical(object);
    ManagedFields.stamp(whole, key.kind(), author.userAgent());
    Metadata.stamp(whole, key, old, revision);
    return new Edit.Put(StoredObject.of(key, whole));
  }

  private static StoredObject found(@Nullable StoredObject existing, ObjectKey key) {
    if (existing == null) {
      throw Refusal.notFound(key.kind(), key.name());
    }
    return existing;
  }

  private void judge(ObjectKey key, JsonNode object, @Nullable JsonNode old) {
    List<Violation> violations =
        switch (key.kind()) {
          case ENDPOINT_SLICES -> sliceViolations(object, old);
          case SERVICES -> ServiceRules.judge(object);
          case NODES, NAMESPACES, PODS, EVENTS, ENDPOINTS, LEASES -> List.of();
          case CUSTOM_RESOURCE_DEFINITIONS, EXTERNAL_WORKLOADS, SERVICE_CIDRS, ZONAL_SHIFTS ->
              List.of();
        };
    if (!violations.isEmpty()) {
      throw Refusal.invalid(key.kind(), key.name(), violations);
    }
  }

  private List<Violation> sliceViolations(JsonNode slice, @Nullable JsonNode old) {
    return SliceRules.judge(slice, old).stream()
        .filter(violation -> !(store.loopbackAllowed() && SliceRules.isLoopback(violation)))
        .toList();
  }

  private void requireNamespace(Target target) {
    ObjectKey namespace = ObjectKey.of(ResourceKind.NAMESPACES, "", target.namespace());
    if (!target.namespace().isEmpty() && store.find(namespace) == null) {
      throw Refusal.notFound(ResourceKind.NAMESPACES, target.namespace());
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    to.remove(field);
    if (from.has(field)) {
      to.set(field, from.path(field));
    }
  }

  /** Equal for equal objects, whatever the order and the Java type of their values. */
  private static ObjectNode canonical(ObjectNode object) {
    return (ObjectNode) JSON.readTree(object.toString());
  }
}

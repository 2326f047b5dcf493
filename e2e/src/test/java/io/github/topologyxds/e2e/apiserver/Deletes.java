package io.github.topologyxds.e2e.apiserver;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** DELETE. */
final class Deletes {
  private final Store store;

  Deletes(Store store) {
    this.store = store;
  }

  /**
   * Deletes. A namespace takes all in it along at once; nothing else is collected, neither by owner
   * nor by finalizer.
   *
   * @param options a DeleteOptions, or an empty object
   */
  StoredObject delete(Target target, JsonNode options) {
    ResourceKind kind = target.kind();
    JsonNode wanted = options.path("preconditions");
    if (kind == ResourceKind.NAMESPACES) {
      empty(target.name());
    }
    return store.write(
        target.key(),
        (existing, next) -> {
          if (existing == null) {
            throw Refusal.notFound(kind, target.name());
          }
          String uid = wanted.path("uid").asString(existing.uid());
          if (!uid.equals(existing.uid())) {
            throw Refusal.precondition(
                kind,
                target.name(),
                ("the UID in the precondition (%s) does not match the UID in record (%s). The"
                        + " object might have been deleted and then recreated")
                    .formatted(uid, existing.uid()));
          }
          String current = Long.toString(existing.revision());
          String version = wanted.path("resourceVersion").asString(current);
          if (!version.equals(current)) {
            throw Refusal.precondition(
                kind,
                target.name(),
                ("the ResourceVersion in the precondition (%s) does not match the ResourceVersion"
                        + " in record (%s). The object might have been modified")
                    .formatted(version, current));
          }
          return new Edit.Remove(existing.at(next));
        });
  }

  private void empty(String namespace) {
    for (ResourceKind kind : ResourceKind.values()) {
      if (kind.namespaced()) {
        store.now(kind).objects().values().stream()
            .map(StoredObject::key)
            .filter(key -> key.namespace().equals(namespace))
            .forEach(key ->
                store.write(
                    key, (last, next) -> new Edit.Remove(Objects.requireNonNull(last).at(next))));
      }
    }
  }
}

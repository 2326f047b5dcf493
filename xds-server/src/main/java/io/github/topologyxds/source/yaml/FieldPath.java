package io.github.topologyxds.source.yaml;

import io.github.topologyxds.model.finding.Finding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object's root to a value, built on the way down and written out only for a
 * message.
 *
 * @param step a field's name, or "[]" for the items of a list
 * @param fields the object whose field it is; null for what has no fixed fields
 * @param naming USER once the way leads through a map
 */
record FieldPath(
    @Nullable FieldPath parent, String step, FieldType.@Nullable Fields fields, Naming naming) {
  /** Who has given a value its name. */
  enum Naming {
    API,
    /** The user: a label or an annotation, whose value may be anything. */
    USER
  }

  static FieldPath root(Class<?> owner) {
    return new FieldPath(null, "", new FieldType.Fields(owner), Naming.API);
  }

  FieldPath field(String name) {
    return new FieldPath(this, name, null, naming);
  }

  /** Returns the way to a value of a map. */
  FieldPath key(String name) {
    return new FieldPath(this, name, null, Naming.USER);
  }

  /** Whether the API names the value, so that it may be said. */
  boolean isNamed() {
    return naming == Naming.API;
  }

  FieldPath items() {
    return new FieldPath(this, "[]", null, naming);
  }

  FieldPath holding(FieldType.Fields owner) {
    return new FieldPath(parent, step, owner, naming);
  }

  /** Returns the nearest object further out that has a field of this name. */
  Optional<FieldType.Fields> ancestorWith(String name) {
    for (FieldPath path = parent; path != null; path = path.parent) {
      if (path.fields != null && path.fields.byName().containsKey(name)) {
        return Optional.of(path.fields);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns {@code endpoints[].hints.forZones}: the same for all items, so that one mistake is one
   * finding.
   */
  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    String before = parent.toString();
    boolean joined = before.isEmpty() || step.equals("[]");
    return before + (joined ? "" : ".") + Finding.quote(step);
  }
}

package io.github.topologyxds.source.yaml;

import io.github.topologyxds.source.mapping.ReadableKind;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** The names of all fields of the kinds that are read: what may be said of any text. */
final class FieldNames {
  private static final Set<String> ALL = all();

  private FieldNames() {}

  static boolean has(String name) {
    return ALL.contains(name);
  }

  private static Set<String> all() {
    Set<String> names = new HashSet<>();
    Set<FieldType> seen = new HashSet<>();
    for (ReadableKind kind : ReadableKind.values()) {
      collect(new FieldType.Fields(kind.fields()), names, seen);
    }
    return Collections.unmodifiableSet(names);
  }

  private static void collect(FieldType type, Set<String> names, Set<FieldType> seen) {
    if (!seen.add(type)) {
      return;
    }
    switch (type) {
      case FieldType.Fields fields ->
          fields
              .byName()
              .forEach((name, inner) -> {
                names.add(name);
                collect(inner, names, seen);
              });
      case FieldType.ListOf list -> collect(list.item(), names, seen);
      case FieldType.MapOf map -> collect(map.value(), names, seen);
      case FieldType.Text text -> {}
      case FieldType.Bool bool -> {}
      case FieldType.Whole whole -> {}
      case FieldType.WholeOrText either -> {}
      case FieldType.Anything anything -> {}
    }
  }
}

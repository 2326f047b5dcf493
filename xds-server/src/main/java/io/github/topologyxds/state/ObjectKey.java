package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import java.util.Comparator;

/**
 * Which object; sorts by kind, namespace, name.
 *
 * @param name its namespace is "" for a Node and a Namespace, which have none
 */
public record ObjectKey(ObjectKind kind, ObjectName name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::kind).thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code Service default/shop} or {@code Node node-a}, as the findings write it. */
  @Override
  public String toString() {
    return kind.label() + " " + (name.namespace().isEmpty() ? name.name() : name);
  }
}

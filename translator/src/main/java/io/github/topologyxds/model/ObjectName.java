package io.github.topologyxds.model;

import java.util.Comparator;

/** Namespace and name of a namespaced Kubernetes object; sorts by namespace, then name. */
public record ObjectName(String namespace, String name) implements Comparable<ObjectName> {
  private static final Comparator<ObjectName> ORDER =
      Comparator.comparing(ObjectName::namespace).thenComparing(ObjectName::name);

  @Override
  public int compareTo(ObjectName other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code namespace/name}, as kubectl and the findings write it. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}

package io.github.topologyxds.model;

import java.util.Comparator;
import java.util.Optional;

/** Namespace and name of a namespaced Kubernetes object; sorts by namespace, then name. */
public record ObjectName(String namespace, String name) implements Comparable<ObjectName> {
  private static final Comparator<ObjectName> ORDER =
      Comparator.comparing(ObjectName::namespace).thenComparing(ObjectName::name);

  /** Reads {@code namespace/name}; empty for a text that is not both, with one slash between. */
  public static Optional<ObjectName> parse(String text) {
    int slash = text.indexOf('/');
    boolean both = slash > 0 && slash < text.length() - 1 && text.indexOf('/', slash + 1) < 0;
    return both
        ? Optional.of(new ObjectName(text.substring(0, slash), text.substring(slash + 1)))
        : Optional.empty();
  }

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

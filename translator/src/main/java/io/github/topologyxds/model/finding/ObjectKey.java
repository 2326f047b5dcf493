package io.github.topologyxds.model.finding;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.DnsSubdomain;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A Kubernetes object; sorts by kind, namespace, name.
 *
 * @param name its namespace is "" for a Node and a Namespace, which have none
 */
public record ObjectKey(ObjectKind kind, ObjectName name)
    implements ObjectReference, Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::kind).thenComparing(ObjectKey::name);

  /** Returns what this kind and {@code namespace/name} lead to. */
  static ObjectKey parse(String label, String path) {
    ObjectKind kind =
        Arrays.stream(ObjectKind.values())
            .filter(known -> known.label().equals(label))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such kind: " + label));
    int slash = kind.namespaced() ? path.indexOf('/') : -1;
    return new ObjectKey(
        kind, new ObjectName(path.substring(0, Math.max(0, slash)), path.substring(slash + 1)));
  }

  /** Returns the reference to a Service. */
  public static ObjectKey service(ObjectName name) {
    return new ObjectKey(ObjectKind.SERVICE, name);
  }

  /** Returns the reference to an EndpointSlice. */
  public static ObjectKey slice(ObjectName name) {
    return new ObjectKey(ObjectKind.SLICE, name);
  }

  /** Returns the reference to a Namespace. */
  public static ObjectKey namespace(String name) {
    return new ObjectKey(ObjectKind.NAMESPACE, new ObjectName("", name));
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code Service default/shop} or {@code Node node-a}, safe to print. */
  @Override
  public String toString() {
    String namespace = name.namespace().isEmpty() ? "" : shown(name.namespace()) + "/";
    return kind.label() + " " + namespace + shown(name.name());
  }

  /** Files may hold a name of any length, or none. */
  private static String shown(String written) {
    return written.isEmpty() ? "?" : Finding.quote(written, DnsSubdomain.MAX_LENGTH);
  }
}

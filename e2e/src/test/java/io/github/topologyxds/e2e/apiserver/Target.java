package io.github.topologyxds.e2e.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path points at.
 *
 * @param namespace empty for a cluster-wide list and for objects without a namespace
 * @param name empty for a list
 * @param subresource empty, or what stands behind the name ({@code status})
 */
record Target(ResourceKind kind, String namespace, String name, String subresource) {

  /** Reads a path; empty when the substitute holds nothing of the sort. */
  static Optional<Target> of(String path) {
    List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    int depth = parts.get(0).equals("api") ? 2 : 3;
    if (parts.size() <= depth) {
      return Optional.empty();
    }
    String root = String.join("/", parts.subList(0, depth));
    List<String> rest = parts.subList(depth, parts.size());
    String namespace = "";
    // "namespaces/x" is an object, "namespaces/x/status" its status, anything longer lies in x.
    if (rest.size() > 2 && rest.get(0).equals("namespaces") && !rest.get(2).equals("status")) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    String within = namespace;
    String name = rest.size() > 1 ? rest.get(1) : "";
    String subresource = rest.size() > 2 ? rest.get(2) : "";
    return ResourceKind.of(root, rest.get(0))
        .map(kind -> new Target(kind, within, name, subresource));
  }

  ObjectKey key() {
    return ObjectKey.of(kind, namespace, name);
  }

  boolean isStatus() {
    return subresource.equals("status");
  }
}

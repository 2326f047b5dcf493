package io.github.topologyxds.e2e.apiserver;

/**
 * Which object.
 *
 * @param path {@code namespace/name}, or {@code name} alone: sorted as a string, it gives the order
 *     of etcd's keys, and so that of lists
 */
record ObjectKey(ResourceKind kind, String path) {

  static ObjectKey of(ResourceKind kind, String namespace, String name) {
    return new ObjectKey(kind, kind.namespaced() ? namespace + "/" + name : name);
  }

  String name() {
    return path.substring(path.indexOf('/') + 1);
  }

  /** Empty for an object without a namespace. */
  String namespace() {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }
}

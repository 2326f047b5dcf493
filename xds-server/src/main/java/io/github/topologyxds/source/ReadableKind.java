package io.github.topologyxds.source;

/** A kind that is read from manifests. */
interface ReadableKind {
  String apiVersion();

  /** Returns the API's {@code kind}. */
  String label();

  /** Returns the class that says which fields the kind has. */
  Class<?> fabric8();

  boolean namespaced();
}

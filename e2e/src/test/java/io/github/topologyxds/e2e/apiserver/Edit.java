package io.github.topologyxds.e2e.apiserver;

/** What a write does to the store. */
sealed interface Edit {
  /** Nothing: the object is already as asked for, and a real server writes nothing then. */
  record Keep(StoredObject unchanged) implements Edit {}

  /** A new version of the object, or its first. */
  record Put(StoredObject after) implements Edit {}

  /** The object goes; what its DELETED event shows. */
  record Remove(StoredObject last) implements Edit {}
}

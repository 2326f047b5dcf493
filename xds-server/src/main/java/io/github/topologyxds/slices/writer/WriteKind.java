package io.github.topologyxds.slices.writer;

/** What is done to a slice, as RBAC spells it. */
public enum WriteKind {
  CREATE,
  UPDATE,
  DELETE
}

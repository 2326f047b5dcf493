package io.github.topologyxds.state;

import io.github.topologyxds.model.finding.ObjectKey;

/** What happened to one object. */
public sealed interface ObjectChange {
  /** Returns which object changed. */
  ObjectKey key();

  /** The object is new or differs from before. */
  record Put(ModelObject object) implements ObjectChange {
    @Override
    public ObjectKey key() {
      return object.key();
    }
  }

  /** The object is gone. */
  record Delete(ObjectKey key) implements ObjectChange {}
}

package io.github.topologyxds.state;

import io.github.topologyxds.model.finding.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What happened to one object. */
public sealed interface ObjectChange {
  /** Returns which object changed. */
  ObjectKey key();

  /**
   * Returns what separates a state from a complete one, sorted by key.
   *
   * @param before the objects of the state
   * @param everything all objects of the other
   */
  static List<ObjectChange> between(
      Map<ObjectKey, ModelObject> before, List<ModelObject> everything) {
    Map<ObjectKey, ModelObject> target = new TreeMap<>();
    everything.forEach(object -> target.put(object.key(), object));
    List<ObjectChange> changes = new ArrayList<>();
    for (ObjectKey key : new TreeSet<>(before.keySet())) {
      if (!target.containsKey(key)) {
        changes.add(new Delete(key));
      }
    }
    target.forEach((key, object) -> {
      if (!object.equals(before.get(key))) {
        changes.add(new Put(object));
      }
    });
    return changes;
  }

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

package io.github.topologyxds.source.mapping;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Applies the batches as a store would, and keeps them. */
public final class RecordingSink implements StateSink {
  public final List<StateChange> batches = new CopyOnWriteArrayList<>();

  /** Replaced, never changed: written by the source's thread, read by the test. */
  private volatile Map<ObjectKey, ModelObject> objects = Map.of();

  private volatile List<Finding> findings = List.of();

  @Override
  public synchronized void accept(StateChange change) {
    Map<ObjectKey, ModelObject> next = new TreeMap<>();
    switch (change) {
      case StateChange.Everything all -> all.objects().forEach(o -> next.put(o.key(), o));
      case StateChange.Restored restored ->
          throw new IllegalArgumentException("a source restores nothing");
      case StateChange.Withdrawn withdrawn ->
          throw new IllegalArgumentException("a source restores nothing");
      case StateChange.Difference difference -> {
        next.putAll(objects);
        for (ObjectChange one : difference.changes()) {
          switch (one) {
            case ObjectChange.Put put -> next.put(put.key(), put.object());
            case ObjectChange.Delete delete -> next.remove(delete.key());
          }
        }
      }
    }
    objects = next;
    findings = change.findings();
    batches.add(change);
  }

  /** Returns {@code Node node-a} and so on, sorted. */
  public List<String> keys() {
    return objects.keySet().stream().map(ObjectKey::toString).toList();
  }

  public Map<ObjectKey, ModelObject> objects() {
    return objects;
  }

  public List<Finding> findings() {
    return findings;
  }
}

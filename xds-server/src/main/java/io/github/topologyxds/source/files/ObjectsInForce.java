package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.source.manifests.ObjectMerge;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The objects that count: those that stand in files, and those that have left them and are kept for
 * the {@link GracePeriod}. By object and not by file: one that moves to another file need not
 * arrive there at the same moment. Owned by {@link ManifestFolder}.
 */
final class ObjectsInForce {
  private final GracePeriod grace;
  private final SortedMap<ObjectKey, ModelObject> objects = new TreeMap<>();

  /** Those that stand in no file, since when. */
  private final SortedMap<ObjectKey, Long> departed = new TreeMap<>();

  /** What has happened to {@code objects} since somebody took it. */
  private final SortedMap<ObjectKey, ObjectChange> changes = new TreeMap<>();

  ObjectsInForce(GracePeriod grace) {
    this.grace = grace;
  }

  /** Takes over what the files say of these. */
  void settle(ObjectMerge files, Set<ObjectKey> touched) {
    for (ObjectKey key : touched) {
      files.get(key).ifPresentOrElse(object -> stands(key, object), () -> departs(key));
    }
  }

  private void stands(ObjectKey key, ModelObject object) {
    departed.remove(key);
    if (!object.equals(objects.put(key, object))) {
      changes.put(key, new ObjectChange.Put(object));
    }
  }

  private void departs(ObjectKey key) {
    if (objects.containsKey(key)) {
      departed.putIfAbsent(key, grace.now());
    }
  }

  /** Lets go of those that are gone for good, and returns whether there was one. */
  boolean expire() {
    List<ObjectKey> over = new ArrayList<>();
    departed.forEach((key, since) -> {
      if (grace.isOver(since)) {
        over.add(key);
      }
    });
    for (ObjectKey key : over) {
      departed.remove(key);
      objects.remove(key);
      changes.put(key, new ObjectChange.Delete(key));
    }
    return !over.isEmpty();
  }

  /** The time of those that are away begins anew: nothing could be seen of the folder meanwhile. */
  void restart() {
    departed.replaceAll((key, since) -> grace.now());
  }

  /** Whether one of them is only kept. */
  boolean hasDeparted() {
    return !departed.isEmpty();
  }

  /** Returns a view of the objects. */
  SortedMap<ObjectKey, ModelObject> objects() {
    return Collections.unmodifiableSortedMap(objects);
  }

  /** Returns what has changed since the last call, sorted by key, each key once. */
  List<ObjectChange> takeChanges() {
    List<ObjectChange> taken = List.copyOf(changes.values());
    changes.clear();
    return taken;
  }
}

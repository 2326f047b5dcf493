package io.github.topologyxds.source.files;

import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.state.ModelObject;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Objects that stand in no file any more, kept in force for the {@link GracePeriod}. By object and
 * not by file: one that moves to another file need not arrive there at the same moment. Owned by
 * {@link ManifestFolder}.
 */
final class DepartedObjects {
  private final GracePeriod grace;
  private final SortedMap<ObjectKey, Departed> departed = new TreeMap<>();

  private record Departed(ModelObject object, long since) {}

  DepartedObjects(GracePeriod grace) {
    this.grace = grace;
  }

  /** Returns what is in force after {@code before}, now that {@code standing} is what files say. */
  ObjectMerge keep(ObjectMerge before, ObjectMerge standing) {
    departed.keySet().removeAll(standing.objects().keySet());
    before
        .objects()
        .forEach((key, object) -> {
          if (!standing.objects().containsKey(key)) {
            departed.putIfAbsent(key, new Departed(object, grace.now()));
          }
        });
    departed.values().removeIf(one -> grace.isOver(one.since));
    if (departed.isEmpty()) {
      return standing;
    }
    SortedMap<ObjectKey, ModelObject> objects = new TreeMap<>(standing.objects());
    departed.forEach((key, one) -> objects.put(key, one.object));
    return new ObjectMerge(Collections.unmodifiableSortedMap(objects), standing.findings());
  }

  /** Whether one of them is gone for good by now. */
  boolean isOneOver() {
    return departed.values().stream().anyMatch(one -> grace.isOver(one.since));
  }

  /** Their time begins anew: nothing could be seen of the folder meanwhile. */
  void restart() {
    departed.replaceAll((key, one) -> new Departed(one.object, grace.now()));
  }
}

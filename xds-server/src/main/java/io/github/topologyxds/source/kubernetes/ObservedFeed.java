package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.source.mapping.MappedObject;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.ResourceVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One collection as last seen. Old, repeated and re-ordered events change nothing: of each object
 * the newest version counts, whether it is there or deleted.
 *
 * <p>Not thread-safe: owned by the thread of {@link KubernetesSource}.
 */
final class ObservedFeed {
  private final Map<ObjectKey, Held> held = new HashMap<>();

  /** A server that sends no bookmarks must not make the memory of what is gone grow for ever. */
  static final int MAX_DELETED = 10_000;

  /** At which version what was deleted was deleted; forgotten once a bookmark has passed it. */
  private final Map<ObjectKey, ResourceVersion> deleted =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectKey, ResourceVersion> eldest) {
          return size() > MAX_DELETED;
        }
      };

  /** All changes up to here are known, from a LIST or a bookmark. */
  private ResourceVersion complete = ResourceVersion.NONE;

  private Comparison comparison = Comparison.NONE;

  /** An object that is there. */
  record Held(String uid, ResourceVersion version, MappedObject mapped) {}

  /** Takes changes and findings; see {@link ObservedState}. */
  interface Out {
    void changed(ObjectChange change);

    /** The findings about an object, empty when there are none any more. */
    void found(ObjectKey key, List<Finding> findings);

    /** The API server holds something else than its watch has led to; one line. */
    void differs(Feed feed, String what);
  }

  void apply(Observation observation, Out out) {
    switch (observation) {
      case Observation.Listed listed -> replace(listed, out);
      case Observation.Changed(Feed feed, ObservedObject object) -> {
        if (isNews(object.key(), object.version())) {
          deleted.remove(object.key());
          comparison.told(object.key());
          put(object, out);
        }
        compared(feed, object.version(), out);
      }
      case Observation.Deleted(Feed feed, ObjectKey key, ResourceVersion version) -> {
        if (isNews(key, version)) {
          deleted.put(key, version);
          comparison.told(key);
          delete(key, out);
        }
        compared(feed, version, out);
      }
      case Observation.Reached(Feed feed, ResourceVersion version) -> {
        // An old one, told again, must not take back what is known.
        if (!version.isAtMost(complete)) {
          complete = version;
          deleted.values().removeIf(v -> v.isAtMost(version));
        }
        compared(feed, version, out);
      }
      case Observation.Compared all -> {
        comparison = Comparison.of(all, held, deleted);
        compared(all.feed(), complete, out);
      }
      case Observation.Lost lost -> {}
    }
  }

  /** What a comparison found odd counts once nothing older can be on its way. */
  private void compared(Feed feed, ResourceVersion reached, Out out) {
    if (comparison.isRipe(reached)) {
      comparison.oddities().ifPresent(what -> out.differs(feed, what));
      comparison = Comparison.NONE;
    }
  }

  private boolean isNews(ObjectKey key, ResourceVersion version) {
    Held known = held.get(key);
    ResourceVersion gone = deleted.get(key);
    return !version.isAtMost(complete)
        && (known == null || !version.isAtMost(known.version()))
        && (gone == null || !version.isAtMost(gone));
  }

  /** A LIST is the truth, also where it is older than what was seen (etcd restored). */
  private void replace(Observation.Listed listed, Out out) {
    complete = listed.version();
    deleted.clear();
    comparison = Comparison.NONE;
    Set<ObjectKey> there = new HashSet<>();
    for (ObservedObject object : listed.objects()) {
      there.add(object.key());
      put(object, out);
    }
    for (ObjectKey key : List.copyOf(held.keySet())) {
      if (!there.contains(key)) {
        delete(key, out);
      }
    }
  }

  private void put(ObservedObject object, Out out) {
    Held now = new Held(object.uid(), object.version(), object.mapped());
    Held before = held.put(object.key(), now);
    MappedObject mappedBefore = before == null ? NOTHING : before.mapped();
    if (mappedBefore.equals(now.mapped())) {
      // A heartbeat of a Node, a status: nothing that anybody reads. Keep one copy.
      held.put(object.key(), new Held(now.uid(), now.version(), mappedBefore));
      return;
    }
    if (!mappedBefore.findings().equals(now.mapped().findings())) {
      out.found(object.key(), now.mapped().findings());
    }
    switch (now.mapped()) {
      case MappedObject.Accepted(ModelObject model, List<Finding> findings) -> {
        if (!(mappedBefore instanceof MappedObject.Accepted accepted)
            || !accepted.object().equals(model)) {
          out.changed(new ObjectChange.Put(model));
        }
      }
      case MappedObject.Refused refused -> {
        if (mappedBefore instanceof MappedObject.Accepted) {
          out.changed(new ObjectChange.Delete(object.key()));
        }
      }
    }
  }

  private static final MappedObject NOTHING = new MappedObject.Refused(List.of());

  private void delete(ObjectKey key, Out out) {
    Held before = held.remove(key);
    if (before != null) {
      if (!before.mapped().findings().isEmpty()) {
        out.found(key, List.of());
      }
      if (before.mapped() instanceof MappedObject.Accepted) {
        out.changed(new ObjectChange.Delete(key));
      }
    }
  }

  /** Returns the uid of an object that is there. */
  Optional<String> uid(ObjectKey key) {
    return Optional.ofNullable(held.get(key)).map(Held::uid);
  }

  /** Returns how many objects are held. */
  int size() {
    return held.size();
  }
}

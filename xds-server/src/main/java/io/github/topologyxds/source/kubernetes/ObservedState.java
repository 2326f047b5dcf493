package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that was seen, put together: nothing until each collection has been listed once, then
 * everything, then what differs. A pure fold over observations.
 *
 * <p>Not thread-safe: owned by the thread of {@link KubernetesSource}.
 */
final class ObservedState implements ObservedFeed.Out {
  private final Map<Feed, ObservedFeed> feeds = new HashMap<>();
  private final Set<Feed> awaited;
  private final boolean wholeCluster;

  /** Collections that a comparison found to be different, until they are listed again. */
  private final Set<Feed> different = new HashSet<>();

  private final Map<Feed, String> untold = new HashMap<>();

  /** Collections of slices that must be listed again. */
  private final Set<Feed> lostSlices = new HashSet<>();

  /** What has changed since the last {@link #next}; before the first, all that is there. */
  private final TreeMap<ObjectKey, ObjectChange> changes = new TreeMap<>();

  private final TreeMap<ObjectKey, List<Finding>> findingsByObject = new TreeMap<>();
  private List<Finding> findings = List.of();
  private boolean findingsChanged;
  private boolean complete;

  ObservedState(Collection<Feed> all) {
    awaited = new HashSet<>(all);
    wholeCluster = all.stream().allMatch(feed -> feed.namespace().isEmpty());
    all.forEach(feed -> feeds.put(feed, new ObservedFeed()));
  }

  /** Takes in what a reflector has seen. */
  void apply(Observation observation) {
    ObservedFeed feed = feeds.get(observation.feed());
    if (feed == null) {
      throw new IllegalArgumentException("an observation of " + observation.feed());
    }
    feed.apply(observation, this);
    switch (observation) {
      case Observation.Listed listed -> {
        awaited.remove(listed.feed());
        lostSlices.remove(listed.feed());
        different.remove(listed.feed());
      }
      case Observation.Lost lost -> {
        if (lost.feed().kind() == ObjectKind.SLICE) {
          lostSlices.add(lost.feed());
        }
      }
      case Observation.Changed changed -> {}
      case Observation.Deleted deleted -> {}
      case Observation.Reached bookmark -> {}
      case Observation.Compared all -> {}
    }
  }

  @Override
  public void differs(Feed feed, String what) {
    if (different.add(feed)) {
      untold.put(feed, what);
    }
  }

  /** Takes which collections must be listed again, and why; one line each. */
  Map<Feed, String> takeDifferent() {
    Map<Feed, String> taken = Map.copyOf(untold);
    untold.clear();
    return taken;
  }

  @Override
  public void changed(ObjectChange change) {
    changes.put(change.key(), change);
  }

  @Override
  public void found(ObjectKey key, List<Finding> found) {
    findingsChanged = true;
    if (found.isEmpty()) {
      findingsByObject.remove(key);
    } else {
      findingsByObject.put(key, found);
    }
  }

  /** Whether nothing is waited for but what can be done without. */
  boolean awaitsDispensableAlone() {
    return !awaited.isEmpty() && awaited.stream().allMatch(feed -> feed.watched().dispensable());
  }

  /** Nothing is waited for any more that can be done without. */
  void doWithout() {
    awaited.removeIf(feed -> feed.watched().dispensable());
  }

  /** Returns what is to be handed over now, if anything. */
  Optional<StateChange> next() {
    if (!awaited.isEmpty()) {
      return Optional.empty();
    }
    if (findingsChanged) {
      findings = findingsByObject.values().stream().flatMap(List::stream).sorted().toList();
    }
    boolean news = findingsChanged || !changes.isEmpty();
    findingsChanged = false;
    if (!complete) {
      return first();
    }
    if (!news) {
      return Optional.empty();
    }
    List<ObjectChange> out = new ArrayList<>(changes.values());
    out.removeIf(this::waitsForSlices);
    changes.values().removeIf(change -> !waitsForSlices(change));
    return Optional.of(new StateChange.Difference(out, findings));
  }

  /**
   * While slices must be listed again, a Service that is new or different would be served without
   * the endpoints that it has.
   */
  private boolean waitsForSlices(ObjectChange change) {
    return !lostSlices.isEmpty()
        && change instanceof ObjectChange.Put
        && change.key().kind() == ObjectKind.SERVICE;
  }

  /**
   * A cluster always has the Service default/kubernetes: one without any object has lost its store,
   * and would take everything away from clients that come back. (An API server writes its
   * ServiceCIDR first of all.)
   */
  private Optional<StateChange> first() {
    List<ModelObject> objects = new ArrayList<>();
    for (ObjectChange change : changes.values()) {
      if (change instanceof ObjectChange.Put(ModelObject object)) {
        objects.add(object);
      }
    }
    if (wholeCluster && objects.stream().allMatch(ObservedState::isWrittenAtAnyStart)) {
      return Optional.empty();
    }
    changes.clear();
    complete = true;
    return Optional.of(new StateChange.Everything(objects, findings));
  }

  private static boolean isWrittenAtAnyStart(ModelObject object) {
    return object.key().kind() == ObjectKind.SERVICE_CIDR;
  }

  /** Returns the uid of an object that is there. */
  Optional<String> uid(ObjectKey key) {
    for (ObservedFeed feed : feeds.values()) {
      Optional<String> uid = feed.uid(key);
      if (uid.isPresent()) {
        return uid;
      }
    }
    return Optional.empty();
  }
}

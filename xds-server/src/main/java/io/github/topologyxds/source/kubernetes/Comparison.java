package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.source.kubernetes.ObservedFeed.Held;
import io.github.topologyxds.state.ResourceVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a LIST beside the watch showed to be otherwise than it is known. The watch may be behind the
 * LIST, so this counts only once the watch has told of something as new; what it tells of an object
 * until then is the explanation.
 *
 * <p>Not thread-safe: owned by its {@link ObservedFeed}.
 */
final class Comparison {
  /** Nothing was compared. */
  static final Comparison NONE = new Comparison(ResourceVersion.NONE, Set.of());

  private final ResourceVersion version;
  private final Set<ObjectKey> odd;

  private Comparison(ResourceVersion version, Set<ObjectKey> odd) {
    this.version = version;
    this.odd = new TreeSet<>(odd);
  }

  /**
   * Compares.
   *
   * @param held what is known to be there
   * @param deleted at which version what is known to be gone went
   */
  static Comparison of(
      Observation.Compared listed,
      Map<ObjectKey, Held> held,
      Map<ObjectKey, ResourceVersion> deleted) {
    ResourceVersion then = listed.version();
    Map<ObjectKey, ObjectIdentity> there = new HashMap<>();
    listed.objects().forEach(object -> there.put(object.key(), object));
    Set<ObjectKey> keys = new HashSet<>(there.keySet());
    keys.addAll(held.keySet());
    keys.removeIf(key -> {
      Held known = held.get(key);
      ObjectIdentity is = there.get(key);
      if (known == null) {
        ResourceVersion gone = deleted.get(key);
        return gone != null && then.isBefore(gone);
      }
      return then.isBefore(known.version())
          || (is != null && is.equals(new ObjectIdentity(key, known.uid(), known.version())));
    });
    return new Comparison(then, keys);
  }

  /** The watch has told of this object. */
  void told(ObjectKey key) {
    odd.remove(key);
  }

  /** Whether the watch has come as far as the LIST. */
  boolean isRipe(ResourceVersion reached) {
    return version.isAtMost(reached);
  }

  /** Returns one line about what is otherwise, if anything is. */
  Optional<String> oddities() {
    return odd.stream()
        .findFirst()
        .map(first ->
            ("%d objects are not as the watch told, such as %s: etcd was restored to an older"
                    + " state, or changes were lost")
                .formatted(odd.size(), first));
  }
}

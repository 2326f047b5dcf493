package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.state.ResourceVersion;
import java.util.List;

/** What a {@link Reflector} has seen. */
sealed interface Observation {
  /** Returns which collection it was seen in. */
  Feed feed();

  /** The whole collection: what is not in it does not exist. */
  record Listed(Feed feed, ResourceVersion version, List<ObservedObject> objects)
      implements Observation {
    public Listed {
      objects = List.copyOf(objects);
    }
  }

  /**
   * What there is, listed beside the watch to compare with what the watch has led to.
   *
   * @param version when it was so
   */
  record Compared(Feed feed, ResourceVersion version, List<ObjectIdentity> objects)
      implements Observation {
    public Compared {
      objects = List.copyOf(objects);
    }
  }

  /** An object is new or different. */
  record Changed(Feed feed, ObservedObject object) implements Observation {}

  /** An object is gone. */
  record Deleted(Feed feed, ObjectKey key, ResourceVersion version) implements Observation {}

  /** The place in the collection is lost: what comes next is a LIST. */
  record Lost(Feed feed) implements Observation {}

  /** A bookmark: all changes up to this version have been told. */
  record Reached(Feed feed, ResourceVersion version) implements Observation {}
}

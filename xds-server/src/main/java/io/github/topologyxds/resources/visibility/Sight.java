package io.github.topologyxds.resources.visibility;

import io.github.topologyxds.model.ObjectName;
import java.util.Set;

/**
 * The Services that some clients see. One object for all who see the same in the same state of the
 * Services, so two are equal only if they are the same; what is made for one can be kept by it.
 */
public final class Sight {
  private final Set<ObjectName> seen;
  private final Sights all;

  /**
   * Of these among the Services that not everybody sees.
   *
   * @param seen of those
   */
  Sight(Set<ObjectName> seen, Sights all) {
    this.seen = Set.copyOf(seen);
    this.all = all;
  }

  /** Returns whether the client sees this Service, as far as this state knows it. */
  public boolean includes(ObjectName service) {
    return all.includes(seen, service);
  }

  /** Returns whether it is what a client of no namespace sees. */
  public boolean isEverybodys() {
    return all.of("") == this;
  }
}

package io.github.topologyxds.slices;

import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.Set;

/**
 * Whose an EndpointSlice is, as one installation sees it. A label alone makes nothing ours: anybody
 * can set it, and a flag can name that of somebody else.
 */
public enum SliceClaim {
  /** Our label, our installation, and a Service that owns it: the only ones that are written. */
  OURS,
  /** Ours but for the label, which somebody has changed. */
  TAKEN_OVER,
  /** Our label, but it says of no installation that it is its own, or no Service owns it. */
  UNCLAIMED,
  /** Our label, and another installation's id. */
  OF_ANOTHER_INSTALLATION,
  /** Another manager's, or nobody's. */
  OF_ANOTHER_MANAGER;

  /**
   * Tells whose it is.
   *
   * @param known uids of slices that were ours before, as this process saw itself: they stay so
   *     when somebody strips what says it, unless another installation stands there now
   */
  public static SliceClaim of(ObservedSlice slice, PlannerSettings settings, Set<String> known) {
    String id = slice.installation();
    boolean ourId = id.equals(settings.installation());
    boolean owned = slice.owner() != null;
    if (!slice.managedBy().equals(settings.managedBy())) {
      return ourId && owned ? TAKEN_OVER : OF_ANOTHER_MANAGER;
    }
    if (!id.isEmpty() && !ourId) {
      return OF_ANOTHER_INSTALLATION;
    }
    return (ourId && owned) || known.contains(slice.identity().uid()) ? OURS : UNCLAIMED;
  }

  /** Whether it has our label and is not ours, which somebody should look at. */
  public boolean isForeign() {
    return switch (this) {
      case UNCLAIMED, OF_ANOTHER_INSTALLATION -> true;
      case OURS, TAKEN_OVER, OF_ANOTHER_MANAGER -> false;
    };
  }
}

package io.github.topologyxds.kubernetes.events;

import io.github.topologyxds.model.finding.ObjectKey;

/**
 * A Kubernetes Event to write on an object.
 *
 * @param occasion tells an Event from an earlier one of the same text; "" when it is to be told
 *     once
 */
public record ObjectEvent(
    ObjectKey object, Kind kind, String reason, String message, String occasion) {
  /** An Event's type, as the API writes it. */
  public enum Kind {
    Normal,
    Warning
  }

  /** Takes Events; must not block. */
  @FunctionalInterface
  public interface Sink {
    /** Takes an Event to be written; does not block, and may drop it. */
    void tell(ObjectEvent event);
  }
}

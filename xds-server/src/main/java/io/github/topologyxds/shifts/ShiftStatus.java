package io.github.topologyxds.shifts;

import java.util.List;

/**
 * The status of a ZonalShift.
 *
 * @param phase the label of a {@link ShiftPhase}; "" where none was written
 * @param observedGeneration of the spec that it is about; 0: unknown
 * @param conditions in the order in which they are written
 */
public record ShiftStatus(String phase, long observedGeneration, List<ShiftCondition> conditions) {
  /** Nobody has written one. */
  public static final ShiftStatus NONE = new ShiftStatus("", 0, List.of());

  public ShiftStatus {
    conditions = List.copyOf(conditions);
  }

  /** Returns the same without the times of its conditions, to be compared. */
  public ShiftStatus timeless() {
    return new ShiftStatus(
        phase,
        observedGeneration,
        conditions.stream()
            .map(one ->
                new ShiftCondition(one.type(), one.status(), "", one.reason(), one.message()))
            .toList());
  }
}

package io.github.topologyxds.shifts;

import io.github.topologyxds.model.shift.ShiftMode;
import java.time.Duration;
import java.time.Instant;

/**
 * A ZonalShift: traffic keeps away from a zone until a time. The names are those of AWS' zonal
 * shift.
 *
 * @param name of the object
 * @param awayFrom the zone, as endpoints have it
 * @param expireAt when traffic begins to come back
 * @param mode what the zone's endpoints are until then
 * @param returnOver how long it takes to come back, not negative
 * @param comment of whoever made it; "" without one
 * @param record what the API server keeps of it
 */
public record ZonalShift(
    String name,
    String awayFrom,
    Instant expireAt,
    ShiftMode mode,
    Duration returnOver,
    String comment,
    ShiftRecord record) {
  /** {@code spec.returnOver} where nobody writes it. */
  public static final Duration RETURN_OVER = Duration.ofMinutes(10);

  /** Returns when it was made, in seconds since 1970. */
  long created() {
    return record.created();
  }
}

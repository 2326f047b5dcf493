package io.github.topologyxds.shifts;

/**
 * What the API server keeps of a ZonalShift beside its spec.
 *
 * @param uid tells it from another one of the same name; "" in files
 * @param generation of the spec; 0 in files
 * @param created {@code metadata.creationTimestamp} in seconds since 1970; {@link #AGE_UNKNOWN} in
 *     most files
 * @param status that was written last
 */
public record ShiftRecord(String uid, long generation, long created, ShiftStatus status) {
  /** Younger than every age: who cannot show it goes behind. */
  public static final long AGE_UNKNOWN = Long.MAX_VALUE;

  /** Of a shift that no API server has seen. */
  public static final ShiftRecord NONE = new ShiftRecord("", 0, AGE_UNKNOWN, ShiftStatus.NONE);
}

package io.github.topologyxds.shifts;

/**
 * A condition of a ZonalShift, as the API has it ({@code metav1.Condition}). What was read may have
 * been written by anybody, so its parts are texts.
 *
 * @param type one of {@link #ACCEPTED} and {@link #TRAFFIC_SHIFTED} where it is ours
 * @param status {@code True} or {@code False}
 * @param lastTransitionTime when the status was another one last, RFC 3339
 * @param reason the code of a finding where one says why, else the phase
 * @param message one line for people
 */
public record ShiftCondition(
    String type, String status, String lastTransitionTime, String reason, String message) {
  /** False: nothing is done for it. */
  public static final String ACCEPTED = "Accepted";

  /** True while the zone gets less than its share by it. */
  public static final String TRAFFIC_SHIFTED = "TrafficShifted";
}

package io.github.topologyxds.api;

import io.github.topologyxds.load.MeasuredLoad;

/** {@code minutes=N}: over how long measured load is summed up; the running minute comes on top. */
final class MinutesParameter {
  static final String NAME = "minutes";

  private static final int USUAL = 5;

  private MinutesParameter() {}

  static int of(ApiRequest request) {
    String text = request.parameter(NAME).orElse(String.valueOf(USUAL));
    try {
      int minutes = Integer.parseInt(text);
      if (minutes >= 1 && minutes <= MeasuredLoad.MAX_MINUTES) {
        return minutes;
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words.
    }
    throw new ApiFailure(
        ApiFailure.Kind.INVALID,
        "minutes '" + text + "' is no number from 1 to " + MeasuredLoad.MAX_MINUTES);
  }
}

package io.github.topologyxds.api.json;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Times as text, ISO 8601 in UTC with milliseconds. The text of a second is made once: to format
 * the 45,000 times of 5,000 clients anew took longer than all the rest of their listing. For one
 * thread, and one answer.
 */
final class TimeText {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int THOUSAND = 1_000;

  private final Map<Long, String> seconds = new HashMap<>();

  /** Returns a time, cut to milliseconds: {@code 2026-11-28T16:51:37.120Z}. */
  String of(Instant time) {
    String second = seconds.computeIfAbsent(time.getEpochSecond(), TimeText::second);
    int millis = time.getNano() / NANOS_PER_MILLI;
    return second + Integer.toString(THOUSAND + millis).substring(1) + "Z";
  }

  /** Up to the point that milliseconds and the zone come behind. */
  private static String second(long epoch) {
    String text = Instant.ofEpochSecond(epoch).toString();
    return text.substring(0, text.length() - 1) + ".";
  }
}

package io.github.topologyxds.explain.report;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.shifts.JudgedShift;
import io.github.topologyxds.shifts.ShiftPhase;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.shifts.ZonalShift;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ZonalShifts that take something from their zones at one moment, as they are told.
 *
 * @param shifts by name
 * @param now the moment
 */
public record ActingShifts(List<JudgedShift> shifts, Instant now) {
  private static final Duration IN_SECONDS = Duration.ofMinutes(2);
  private static final Duration IN_MINUTES = Duration.ofHours(2);

  public ActingShifts {
    shifts = List.copyOf(shifts);
  }

  /** Returns those that act. */
  public static ActingShifts of(ShiftVerdict verdict, Instant now) {
    return new ActingShifts(verdict.shifts().stream().filter(JudgedShift::acts).toList(), now);
  }

  /** Returns the zones that are emptied, and not on their way back. */
  SortedSet<String> emptied() {
    SortedSet<String> zones = new TreeSet<>();
    shifts.stream()
        .filter(ActingShifts::isEmptied)
        .forEach(one -> zones.add(one.shift().awayFrom()));
    return zones;
  }

  /** Returns whether a zone is one of these. */
  boolean isEmptied(String zone) {
    return emptied().contains(zone);
  }

  private static boolean isEmptied(JudgedShift one) {
    return one.phase() == ShiftPhase.ACTIVE;
  }

  /** Returns a line for each, ended by a line feed: what becomes of its zone, and for how long. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (JudgedShift one : shifts) {
      ZonalShift shift = one.shift();
      text.append(Finding.quote(shift.awayFrom()));
      if (isEmptied(one)) {
        text.append(" is emptied for another ")
            .append(words(remaining(one)))
            .append(", until ")
            .append(shift.expireAt());
      } else {
        text.append(" is on its way back with ")
            .append(one.percent())
            .append(" % of its share, and has all of it in ")
            .append(words(remaining(one)));
      }
      text.append(": ZonalShift ").append(Finding.quote(shift.name()));
      if (!shift.comment().isEmpty()) {
        text.append(" (").append(Finding.quote(shift.comment())).append(')');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Adds what is so whoever is asked, and whenever. */
  public void addTo(ArrayNode array) {
    shifts.forEach(one -> add(one, array));
  }

  /** Adds the same and {@code remainingSeconds}: of the phase that a shift is in. */
  public void addWithRemaining(ArrayNode array) {
    shifts.forEach(one -> add(one, array).put("remainingSeconds", remaining(one).toSeconds()));
  }

  /** Adds a shift, whether it acts or not, and returns what was added. */
  public static ObjectNode add(JudgedShift one, ArrayNode array) {
    ZonalShift shift = one.shift();
    return array
        .addObject()
        .put("name", Finding.quote(shift.name()))
        .put("zone", Finding.quote(shift.awayFrom()))
        .put("phase", one.phase().label())
        .put("mode", shift.mode().label())
        .put("percent", one.percent())
        .put("expireAt", shift.expireAt().toString())
        .put("returnedAt", returned(shift).toString())
        .put("comment", Finding.quote(shift.comment()));
  }

  private Duration remaining(JudgedShift one) {
    Instant end = isEmptied(one) ? one.shift().expireAt() : returned(one.shift());
    Duration left = Duration.between(now, end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Instant returned(ZonalShift shift) {
    return shift.expireAt().plus(shift.returnOver());
  }

  private static String words(Duration time) {
    if (time.compareTo(IN_SECONDS) < 0) {
      return time.toSeconds() + " s";
    }
    return time.compareTo(IN_MINUTES) < 0 ? time.toMinutes() + " m" : time.toHours() + " h";
  }
}

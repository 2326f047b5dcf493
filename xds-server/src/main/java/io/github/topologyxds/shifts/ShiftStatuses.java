package io.github.topologyxds.shifts;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the status of each ZonalShift should say, from what they come to. It changes with the phase
 * and with what stands in the way, not with every step of the way back: nobody writes to the API
 * server because time passes.
 */
public final class ShiftStatuses {
  /** As of Events; the kind takes no more than 1,024 characters. */
  private static final int MAX_MESSAGE = 1_000;

  private static final String TRUE = "True";
  private static final String FALSE = "False";

  private ShiftStatuses() {}

  /** A status that is not the one which its object has. */
  public record Change(ZonalShift shift, ShiftStatus status) {}

  /**
   * Returns those that are to be written, by name.
   *
   * @param now goes to the conditions that change
   */
  public static List<Change> changes(ShiftVerdict verdict, Instant now) {
    SortedMap<String, Finding> findings = new TreeMap<>();
    for (Finding finding : verdict.findings()) {
      if (finding.object() instanceof ObjectKey object) {
        findings.put(object.name().name(), finding);
      }
    }
    return verdict.shifts().stream()
        .filter(judged -> !judged.shift().record().uid().isEmpty())
        .map(judged ->
            new Change(
                judged.shift(),
                status(judged, Optional.ofNullable(findings.get(judged.shift().name())), now)))
        .filter(change -> !change.status().equals(change.shift().record().status()))
        .toList();
  }

  private static ShiftStatus status(JudgedShift judged, Optional<Finding> finding, Instant now) {
    ShiftRecord record = judged.shift().record();
    boolean refused = finding.filter(one -> one.reason() == Reason.ZONAL_SHIFT_REFUSED).isPresent();
    String reason = finding.map(one -> one.reason().name()).orElse(judged.phase().label());
    String message =
        Finding.quote(finding.map(Finding::message).orElseGet(() -> message(judged)), MAX_MESSAGE);
    ShiftCondition accepted =
        new ShiftCondition(
            ShiftCondition.ACCEPTED,
            refused ? FALSE : TRUE,
            "",
            refused ? reason : judged.phase().label(),
            refused ? message : "");
    ShiftCondition shifted =
        new ShiftCondition(
            ShiftCondition.TRAFFIC_SHIFTED,
            judged.acts() && finding.isEmpty() ? TRUE : FALSE,
            "",
            reason,
            message);
    return new ShiftStatus(
        judged.phase().label(),
        record.generation(),
        List.of(since(accepted, record.status(), now), since(shifted, record.status(), now)));
  }

  /** That of the way back names no percentage, which would change on the way. */
  private static String message(JudgedShift judged) {
    ZonalShift shift = judged.shift();
    return switch (judged.phase()) {
      case RETURNING ->
          "comes back in steps, with all of its share at "
              + shift.expireAt().plus(shift.returnOver());
      case ACTIVE, EXPIRED, REFUSED -> judged.why();
    };
  }

  /** A condition has its time from when its status was another one. */
  private static ShiftCondition since(ShiftCondition next, ShiftStatus before, Instant now) {
    String time =
        before.conditions().stream()
            .filter(one -> one.type().equals(next.type()) && one.status().equals(next.status()))
            .map(ShiftCondition::lastTransitionTime)
            .filter(written -> !written.isEmpty())
            .findFirst()
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ShiftCondition(next.type(), next.status(), time, next.reason(), next.message());
  }
}

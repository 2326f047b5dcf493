package io.github.topologyxds.explain.evacuation;

import io.github.topologyxds.explain.report.TextTable;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.shift.ShiftMode;
import java.util.Locale;

/** A plan of emptying a zone, for people. */
public final class EvacuationText {
  private static final int PERCENT = 100;

  private EvacuationText() {}

  /** Returns the table, and what stays whatever is done. */
  public static String of(EvacuationPlan plan, String zone, ShiftMode mode) {
    if (plan.ports().isEmpty()) {
      return "no Service has a ready endpoint in " + Finding.quote(zone) + "\n";
    }
    TextTable table = new TextTable("SERVICE PORT", "THERE", "OTHERS GET", "MOST", "NOTE");
    for (EvacuatedPort port : plan.ports()) {
      boolean others = port.there() < port.ready();
      table.row(
          port.cluster(),
          port.there() + " of " + port.ready(),
          others ? String.format(Locale.ROOT, "+%.0f %%", port.growth() * PERCENT) : "",
          port.busiest().isEmpty() ? "" : Finding.quote(port.busiest()),
          note(port.outcome(), mode));
    }
    return table.text()
        + "\nopen TCP connections stay: nothing that Envoys are told of endpoints closes them\n";
  }

  private static String note(EvacuatedPort.Outcome outcome, ShiftMode mode) {
    return switch (outcome) {
      case MOVES -> "";
      case OVERLOADS -> "more than half more than before";
      case ALONE ->
          switch (mode) {
            case LAST_RESORT -> "nowhere else: is served from there all the same";
            case STRICT -> "nowhere else: 503";
          };
      case STAYS -> "stays: internalTrafficPolicy, failover, or zonal-shift: ignore";
    };
  }

  /** Returns why it should not be done, one line; "" where nothing speaks against it. */
  public static String objection(EvacuationPlan plan, String zone) {
    long alone = plan.count(EvacuatedPort.Outcome.ALONE);
    long much = plan.count(EvacuatedPort.Outcome.OVERLOADS);
    String text =
        (alone == 0 ? "" : alone + " Service ports are nowhere else")
            + (alone == 0 || much == 0 ? "" : ", ")
            + (much == 0 ? "" : much + " would load another zone by more than half more");
    return text.isEmpty()
        ? ""
        : Finding.quote(zone) + " should not be emptied: " + text + "; --force does it";
  }
}

package io.github.topologyxds.cli.evacuate;

import io.github.topologyxds.cli.values.OutputFormat;
import io.github.topologyxds.explain.evacuation.EvacuatedPort;
import io.github.topologyxds.explain.evacuation.EvacuationPlan;
import io.github.topologyxds.explain.evacuation.EvacuationText;
import io.github.topologyxds.explain.report.ActingShifts;
import io.github.topologyxds.explain.report.TextTable;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.shifts.JudgedShift;
import io.github.topologyxds.shifts.ZonalShift;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code evacuate} tells, for people and for scripts.
 *
 * @param format a document where it is JSON or YAML, else a table
 */
record EvacuationReport(OutputFormat format) {
  /** Returns whether it is for scripts. */
  boolean isDocument() {
    return switch (format) {
      case TEXT, TABLE, WIDE -> false;
      case JSON, YAML -> true;
    };
  }

  /** Returns an object of the API. */
  String object(ZonalShift shift) {
    return format == OutputFormat.YAML
        ? ShiftDocument.yaml(shift)
        : written(ShiftDocument.json(shift));
  }

  /**
   * Returns what emptying a zone would do.
   *
   * @param objection why it should not be done, one line; "" where nothing speaks against it
   */
  String plan(EvacuationPlan plan, String zone, ShiftMode mode, String objection) {
    if (!isDocument()) {
      return EvacuationText.of(plan, zone, mode);
    }
    ObjectNode json = mapper().createObjectNode();
    json.put("zone", Finding.quote(zone)).put("mode", mode.label()).put("objection", objection);
    // Who has them open only the Envoys know, see decision 0073.
    json.put("openTcpConnections", "stay");
    ArrayNode ports = json.putArray("ports");
    for (EvacuatedPort port : plan.ports()) {
      ports
          .addObject()
          .put("cluster", port.cluster())
          .put("endpointsThere", port.there())
          .put("endpointsReady", port.ready())
          .put("growth", port.growth())
          .put("busiestZone", Finding.quote(port.busiest()))
          .put("outcome", port.outcome().name());
    }
    return written(json);
  }

  /** Returns the shifts that there are, whatever they come to. */
  String shifts(List<JudgedShift> shifts) {
    if (isDocument()) {
      ObjectNode json = mapper().createObjectNode();
      ArrayNode array = json.putArray("shifts");
      shifts.forEach(one -> ActingShifts.add(one, array));
      return written(json);
    }
    if (shifts.isEmpty()) {
      return "no zone is emptied\n";
    }
    TextTable table = new TextTable("NAME", "AWAY FROM", "PHASE", "MODE", "EXPIRES", "COMMENT");
    for (JudgedShift judged : shifts) {
      ZonalShift shift = judged.shift();
      table.row(
          shift.name(),
          shift.awayFrom(),
          judged.phase().label()
              + (judged.percent() % 100 == 0 ? "" : " " + judged.percent() + " %"),
          shift.mode().label(),
          shift.expireAt().toString(),
          Finding.quote(shift.comment()));
    }
    return table.text();
  }

  private ObjectMapper mapper() {
    return format.mapper();
  }

  private String written(JsonNode json) {
    return mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json).stripTrailing()
        + "\n";
  }
}

package io.github.topologyxds.explain;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.Severity;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes findings as the commands and the API print them. */
public final class FindingJson {
  private FindingJson() {}

  /** Adds one object for each finding: reason, severity, object, endpoint if any, message. */
  public static void addAll(ArrayNode array, List<Finding> findings) {
    findings.forEach(finding -> array.add(of(finding)));
  }

  /** Reads what was written; empty for a reason or severity that another version has. */
  public static Optional<Finding> read(JsonNode json) {
    try {
      return Optional.of(
          new Finding(
              Reason.valueOf(json.path("reason").asString("")),
              Severity.valueOf(json.path("severity").asString("")),
              json.path("object").asString(""),
              json.path("endpoint").asString(""),
              json.path("message").asString("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns one object for a finding. */
  public static ObjectNode of(Finding finding) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("reason", finding.reason().name());
    node.put("severity", finding.severity().name());
    node.put("object", finding.object());
    if (!finding.endpoint().isEmpty()) {
      node.put("endpoint", finding.endpoint());
    }
    node.put("message", finding.message());
    return node;
  }
}

package io.github.topologyxds.state.findings;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.finding.Severity;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings as JSON, the same in every document: {@code {"reason", "severity", "object", "endpoint",
 * "message"}}, all texts; {@code endpoint} is absent where the finding is about the whole object.
 */
public final class FindingJson {
  private FindingJson() {}

  /** Adds an object for each finding, in their order. */
  public static void addTo(ArrayNode array, Collection<Finding> findings) {
    findings.forEach(finding -> array.add(of(finding)));
  }

  /** Reads what was written; empty for a reason, severity or kind that another version has. */
  public static Optional<Finding> read(JsonNode json) {
    try {
      return Optional.of(
          new Finding(
              Reason.valueOf(json.path("reason").asString("")),
              Severity.valueOf(json.path("severity").asString("")),
              ObjectReference.parse(json.path("object").asString("")),
              json.path("endpoint").asString(""),
              json.path("message").asString("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns one finding. */
  public static ObjectNode of(Finding finding) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("reason", finding.reason().name());
    node.put("severity", finding.severity().name());
    node.put("object", finding.object().toString());
    if (!finding.endpoint().isEmpty()) {
      node.put("endpoint", finding.endpoint());
    }
    node.put("message", finding.message());
    return node;
  }
}

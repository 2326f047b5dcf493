package io.github.topologyxds.explain;

import io.github.topologyxds.model.Finding;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes findings as the commands and the API print them. */
public final class FindingJson {
  private FindingJson() {}

  /** Adds one object for each finding: reason, severity, object, endpoint if any, message. */
  public static void addAll(ArrayNode array, List<Finding> findings) {
    for (Finding finding : findings) {
      ObjectNode node = array.addObject();
      node.put("reason", finding.reason().name());
      node.put("severity", finding.severity().name());
      node.put("object", finding.object());
      if (!finding.endpoint().isEmpty()) {
        node.put("endpoint", finding.endpoint());
      }
      node.put("message", finding.message());
    }
  }
}

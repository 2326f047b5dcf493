package io.github.topologyxds.explain.report;

import io.github.topologyxds.model.finding.Finding;
import java.util.List;

/** Writes findings for people. */
public final class FindingText {
  private FindingText() {}

  /** Returns a table with a header, the worst first as they are given; "" without findings. */
  public static String table(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("SEVERITY", "REASON", "OBJECT", "ENDPOINT", "MESSAGE");
    for (Finding finding : findings) {
      table.row(
          finding.severity().name(),
          finding.reason().name(),
          finding.object().toString(),
          finding.endpoint(),
          finding.message());
    }
    return table.text();
  }

  /** Returns one line for each, as part of another text. */
  static String indented(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append("  ")
          .append(finding.severity())
          .append("  ")
          .append(finding.reason())
          .append("  ")
          .append(finding.object())
          .append(": ")
          .append(finding.message())
          .append('\n');
    }
    return text.toString();
  }
}

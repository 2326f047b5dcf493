package io.github.topologyxds.cli.slices;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.flags.FormatFlag;
import io.github.topologyxds.slices.writer.InstallationSlices.Outcome;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of slices, for people or for scripts. */
final class SliceReport {
  @Mixin private FormatFlag flag = new FormatFlag();

  /**
   * Prints all.
   *
   * @throws CommandFailure when some could not be written
   */
  void print(PrintWriter out, List<Outcome> outcomes) {
    switch (flag.format()) {
      case TEXT, TABLE, WIDE -> table(out, outcomes);
      case JSON, YAML -> document(out, outcomes);
    }
    out.flush();
    long left = outcomes.stream().filter(slice -> !slice.trouble().isEmpty()).count();
    if (left > 0) {
      throw new CommandFailure(left + " of " + outcomes.size() + " slices are as they were");
    }
  }

  private static void table(PrintWriter out, List<Outcome> outcomes) {
    String row = "%-20s %-40s %-30s %9s  %s%n";
    out.printf(row, "NAMESPACE", "NAME", "SERVICE", "ENDPOINTS", "RESULT");
    for (Outcome slice : outcomes) {
      out.printf(
          row,
          slice.name().namespace(),
          slice.name().name(),
          slice.service(),
          slice.endpoints(),
          slice.result());
    }
  }

  private void document(PrintWriter out, List<Outcome> outcomes) {
    ObjectMapper mapper = flag.format().mapper();
    ObjectNode root = mapper.createObjectNode();
    ArrayNode slices = root.putArray("slices");
    for (Outcome slice : outcomes) {
      slices
          .addObject()
          .put("namespace", slice.name().namespace())
          .put("name", slice.name().name())
          .put("service", slice.service())
          .put("endpoints", slice.endpoints())
          .put("result", slice.result());
    }
    out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root).stripTrailing());
  }
}

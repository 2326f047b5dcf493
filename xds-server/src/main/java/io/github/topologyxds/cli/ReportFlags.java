package io.github.topologyxds.cli;

import io.github.topologyxds.explain.ExplanationText.Detail;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** How a command prints what people read first. */
final class ReportFlags {
  @Option(
      names = "-o",
      converter = OutputFormat.Report.class,
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "table, wide, json or yaml (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  /**
   * Returns a report in the format that was asked for, without a line feed at its end.
   *
   * @param text writes it for people
   * @param tree writes it with a mapper
   */
  String write(Function<Detail, String> text, Function<ObjectMapper, JsonNode> tree) {
    return switch (format) {
      case TABLE, TEXT -> text.apply(Detail.TABLE).stripTrailing();
      case WIDE -> text.apply(Detail.WIDE).stripTrailing();
      case JSON, YAML ->
          format
              .mapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(tree.apply(format.mapper()))
              .stripTrailing();
    };
  }
}

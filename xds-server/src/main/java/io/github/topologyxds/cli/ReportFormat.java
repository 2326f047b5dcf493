package io.github.topologyxds.cli;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code -o} of the commands that answer people first. */
enum ReportFormat {
  TABLE,
  WIDE,
  JSON,
  YAML;

  String label() {
    return switch (this) {
      case TABLE -> "table";
      case WIDE -> "wide";
      case JSON -> "json";
      case YAML -> "yaml";
    };
  }

  /** How a report is written: as text, and as a tree that a mapper makes. */
  record Writers(
      Function<ReportFormat, String> text, Function<ObjectMapper, JsonNode> tree) {}

  /** Returns the report in this format, without the last line feed. */
  String write(Writers writers) {
    return switch (this) {
      case TABLE, WIDE -> writers.text().apply(this).stripTrailing();
      case JSON -> document(new JsonMapper(), writers);
      case YAML -> document(new YAMLMapper(), writers).stripTrailing();
    };
  }

  private static String document(ObjectMapper mapper, Writers writers) {
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(writers.tree().apply(mapper));
  }

  static final class Converter implements ITypeConverter<ReportFormat> {
    @Override
    public ReportFormat convert(String text) {
      return Choice.of(text, values(), ReportFormat::label);
    }
  }
}

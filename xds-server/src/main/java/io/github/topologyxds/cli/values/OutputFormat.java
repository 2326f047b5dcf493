package io.github.topologyxds.cli.values;

import java.util.Locale;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The words of {@code -o}; each command has some of them. */
public enum OutputFormat {
  TEXT,
  TABLE,
  WIDE,
  JSON,
  YAML;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What writes a document in this format: JSON, but for {@link #YAML}. */
  public ObjectMapper mapper() {
    return switch (this) {
      case TEXT, TABLE, WIDE, JSON -> new JsonMapper();
      case YAML -> new YAMLMapper();
    };
  }

  /** One value for scripts, to be read as a whole. */
  public static final class Document extends Choice<OutputFormat> {
    Document() {
      super(new OutputFormat[] {JSON, YAML}, OutputFormat::label);
    }
  }

  /** What people read first, in two widths, and scripts as a whole. */
  public static final class Report extends Choice<OutputFormat> {
    Report() {
      super(new OutputFormat[] {TABLE, WIDE, JSON, YAML}, OutputFormat::label);
    }
  }

  /** A few lines, which have always been called text, and whatever a report has. */
  public static final class Lines extends Choice<OutputFormat> {
    Lines() {
      super(values(), OutputFormat::label);
    }
  }
}

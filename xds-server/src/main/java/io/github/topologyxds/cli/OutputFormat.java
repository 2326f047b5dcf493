package io.github.topologyxds.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The words of {@code -o}; each command has some of them. */
enum OutputFormat {
  TEXT,
  TABLE,
  WIDE,
  JSON,
  YAML;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What writes a document in this format: JSON, but for {@link #YAML}. */
  ObjectMapper mapper() {
    return switch (this) {
      case TEXT, TABLE, WIDE, JSON -> new JsonMapper();
      case YAML -> new YAMLMapper();
    };
  }

  /** Reads the formats of a command, and no others. */
  abstract static class Among implements ITypeConverter<OutputFormat> {
    private final OutputFormat[] formats;

    Among(OutputFormat... formats) {
      this.formats = formats.clone();
    }

    @Override
    public OutputFormat convert(String text) {
      return Choice.of(text, formats, OutputFormat::label);
    }
  }

  /** One value for scripts, to be read as a whole. */
  static final class Document extends Among {
    Document() {
      super(JSON, YAML);
    }
  }

  /** Rows, for people or for scripts. */
  static final class Rows extends Among {
    Rows() {
      super(TABLE, JSON);
    }
  }

  /** A few lines, for people or for scripts. */
  static final class Lines extends Among {
    Lines() {
      super(TEXT, JSON);
    }
  }

  /** What people read first, in two widths, and scripts as a whole. */
  static final class Report extends Among {
    Report() {
      super(TABLE, WIDE, JSON, YAML);
    }
  }
}

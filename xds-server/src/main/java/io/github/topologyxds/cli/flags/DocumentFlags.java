package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.OutputFormat;
import picocli.CommandLine.Option;
import tools.jackson.databind.ObjectMapper;

/** How a command prints one document. */
public final class DocumentFlags {
  @Option(
      names = "-o",
      converter = OutputFormat.Document.class,
      completionCandidates = OutputFormat.Document.class,
      defaultValue = "json",
      paramLabel = "FORMAT",
      description = "json or yaml (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.JSON;

  /** What writes the document in the format that was asked for. */
  public ObjectMapper mapper() {
    return format.mapper();
  }
}

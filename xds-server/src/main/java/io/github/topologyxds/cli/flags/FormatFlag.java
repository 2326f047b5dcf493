package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.OutputFormat;
import picocli.CommandLine.Option;

/** The format of a report that people read first. */
public final class FormatFlag {
  @Option(
      names = "-o",
      converter = OutputFormat.Report.class,
      completionCandidates = OutputFormat.Report.class,
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "table, wide, json or yaml (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  /** Returns the format that was asked for. */
  public OutputFormat format() {
    return format;
  }
}

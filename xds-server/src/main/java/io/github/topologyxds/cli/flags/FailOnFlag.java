package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.Choice;
import io.github.topologyxds.model.finding.Severity;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --fail-on}: from which severity on what is found is a failure, for pipelines. */
public final class FailOnFlag {
  @Option(
      names = "--fail-on",
      converter = Threshold.class,
      completionCandidates = Threshold.class,
      paramLabel = "SEVERITY",
      description =
          "warning or error: exit code 1 when there is one (default: 0 whatever is found).")
  private @Nullable Severity threshold;

  /** Returns the exit code for what was found. */
  public int exitCode(Collection<Severity> found) {
    Severity least = threshold;
    return least != null && found.stream().anyMatch(s -> s.compareTo(least) >= 0) ? 1 : 0;
  }

  static final class Threshold extends Choice<Severity> {
    Threshold() {
      super(
          new Severity[] {Severity.WARNING, Severity.ERROR},
          severity -> severity.name().toLowerCase(Locale.ROOT));
    }
  }
}

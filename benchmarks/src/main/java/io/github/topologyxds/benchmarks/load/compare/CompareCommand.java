package io.github.topologyxds.benchmarks.load.compare;

import io.github.topologyxds.benchmarks.load.measured.LoadFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code benchmarks/run compare}: the load scenario of two commits, run in turn, as what else the
 * machine does changes more from hour to hour than the commits do.
 */
@Command(
    name = "compare",
    description = {
      "Builds two commits in folders of their own, runs `load` of the one and of the other in turn,"
          + " and prints the medians.",
      "Exits 1 when CPU a push or p50 differ by more than 5 %, p99 by more than 20 %, or the work"
          + " that was done differs at all."
    },
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "OLD", description = "The commit before.")
  private String old = "";

  @Parameters(index = "1", paramLabel = "NEW", description = "The commit after.")
  private String next = "";

  @Option(names = "--pairs", defaultValue = "5", description = "Runs of each.")
  private int pairs;

  @Parameters(
      index = "2..*",
      paramLabel = "LOAD",
      description = "Behind --: what `load` is called with, such as --clients 100.")
  private List<String> load = List.of();

  /** Runs it. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] args) {
    System.exit(new CommandLine(new CompareCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (pairs < 1) {
      throw new ParameterException(spec.commandLine(), "--pairs must be positive");
    }
    Comparison comparison = new Comparison();
    try (BuiltCommit before = BuiltCommit.of(Path.of(""), old);
        BuiltCommit after = BuiltCommit.of(Path.of(""), next)) {
      for (int pair = 1; pair <= pairs; pair++) {
        comparison.add(run(before, pair), run(after, pair));
      }
    }
    System.out.print(comparison.table());
    return comparison.holds() ? 0 : 1;
  }

  private LoadFigures run(BuiltCommit commit, int pair) throws IOException, InterruptedException {
    LoadFigures figures = LoadFigures.parse(commit.load(load));
    System.err.printf("%d of %d, %s: %s%n", pair, pairs, commit.name(), figures.values());
    return figures;
  }
}

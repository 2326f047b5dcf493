package io.github.topologyxds.cli.slices;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topology-xds slices}: names its commands and does nothing itself. */
@Command(name = "slices", description = "EndpointSlices of our own in a live cluster.")
public final class SlicesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private SlicesCommand() {}

  /** Returns the command with those below it. */
  public static CommandLine commandLine() {
    CommandLine slices = new CommandLine(new SlicesCommand());
    slices.addSubcommand("adopt", new AdoptCommand());
    slices.addSubcommand("prune", new PruneCommand());
    return slices;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "name a command: " + String.join(", ", spec.subcommands().keySet()));
  }
}

package io.github.topologyxds.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code topology-xds help [COMMAND..]}: the same as {@code COMMAND.. --help}. */
@Command(name = "help", description = "Prints the help of a command; without one, what there is.")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      completionCandidates = Names.class,
      description = "Such as explain, or slices prune.")
  private List<String> words = List.of();

  /** What shells complete. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return RootCommand.names().iterator();
    }
  }

  @Override
  public Integer call() {
    CommandLine asked = spec.parent().commandLine();
    for (String word : words) {
      CommandLine next = asked.getSubcommands().get(word);
      if (next == null) {
        throw new ParameterException(
            spec.commandLine(), Failures.unknown(word, asked.getSubcommands().keySet()));
      }
      asked = next;
    }
    PrintWriter out = spec.commandLine().getOut();
    asked.usage(out);
    out.flush();
    return 0;
  }
}

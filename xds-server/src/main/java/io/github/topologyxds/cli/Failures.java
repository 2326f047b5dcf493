package io.github.topologyxds.cli;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.model.names.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How failures look: one line on stderr; -Dtopology-xds.trace in JAVA_OPTS adds the stack. */
final class Failures {
  private static final String TRACE_PROPERTY = "topology-xds.trace";

  private Failures() {}

  /** Wrong usage: what is allowed, and where to read more. Exit code 2. */
  static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(command, name + ": " + usageLine(e) + " (see " + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }

  /** The input or the world is at fault. Exit code 1. */
  static int fault(Exception e, CommandLine command, ParseResult parsed) {
    print(command, command.getCommandSpec().qualifiedName() + ": " + oneLine(e));
    if (System.getProperty(TRACE_PROPERTY) != null) {
      e.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String usageLine(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      CommandSpec command = e.getCommandLine().getCommandSpec();
      return unknown(
          unmatched.getUnmatched().getFirst(),
          command.subcommands().isEmpty()
              ? command.optionsMap().keySet()
              : RootCommand.visible(command));
    }
    return oneLine(e);
  }

  /** Returns what to say of a word that is none of these: which is meant, or which there are. */
  static String unknown(String written, Collection<String> allowed) {
    return allowed.stream()
        .filter(meant -> !isOneLetter(meant) && EditDistance.isMisspelling(written, meant))
        .min(Comparator.comparingInt(meant -> EditDistance.between(written, meant)))
        .map(meant -> "there is no '" + written + "'; did you mean " + meant + "?")
        .orElseGet(() -> "'" + written + "' is none of " + String.join(", ", allowed));
  }

  /** {@code -A} is no misspelling of {@code -f}. */
  private static boolean isOneLetter(String option) {
    return option.length() == 2 && option.startsWith("-");
  }

  private static void print(CommandLine command, String line) {
    command.getErr().println(line);
    command.getErr().flush();
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage();
    String text =
        message == null || message.isBlank()
            ? e.getClass().getSimpleName()
            : isForUsers(e) ? message : e.getClass().getSimpleName() + ": " + message;
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static boolean isForUsers(Exception e) {
    return e instanceof CommandFailure || e instanceof ParameterException;
  }
}

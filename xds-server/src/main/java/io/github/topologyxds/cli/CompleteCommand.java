package io.github.topologyxds.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * What kubectl asks of {@code kubectl_complete-topology_xds} when somebody completes {@code kubectl
 * topology-xds ..}: the words so far, the last of them unfinished; answered by one candidate a line
 * and a line with a directive (kubectl's documentation of plugins, "Kubectl command-line
 * completion").
 */
@Command(
    name = CompleteCommand.NAME,
    hidden = true,
    description = "Completes a command line for kubectl.")
final class CompleteCommand implements Callable<Integer> {
  static final String NAME = "__complete";

  /** cobra's ShellCompDirectiveNoFileComp, and ShellCompDirectiveDefault: file names will do. */
  private static final String NO_FILES = ":4";

  private static final String FILES = ":0";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Unmatched private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    List<String> line = words.isEmpty() ? List.of("") : words;
    String unfinished = line.getLast();
    List<CharSequence> rests = new ArrayList<>();
    int unused =
        AutoComplete.complete(
            spec.parent(),
            line.toArray(String[]::new),
            line.size() - 1,
            unfinished.length(),
            unfinished.length(),
            rests);
    PrintWriter out = spec.commandLine().getOut();
    rests.stream()
        .map(rest -> unfinished + rest)
        .filter(candidate -> !candidate.equals(NAME))
        .sorted()
        .forEach(out::println);
    out.println(rests.isEmpty() ? FILES : NO_FILES);
    out.flush();
    return 0;
  }
}

package io.github.topologyxds.cli;

import io.github.topologyxds.cli.values.Choice;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code topology-xds completion bash|zsh}: a script that teaches the shell our commands and flags.
 */
@Command(
    name = "completion",
    description = {
      "Prints a script by which bash or zsh completes commands, flags and their values."
    },
    footer = {
      "",
      RootCommand.EXAMPLES,
      "  source <(topology-xds completion bash)",
      "  topology-xds completion zsh > ~/.topology-xds.zsh    and in ~/.zshrc: source"
          + " ~/.topology-xds.zsh"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      converter = ShellName.class,
      completionCandidates = ShellName.class,
      description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  /** The shells that there is a script for: one and the same, which zsh runs by bashcompinit. */
  enum Shell {
    BASH,
    ZSH;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final class ShellName extends Choice<Shell> {
    ShellName() {
      super(Shell.values(), Shell::label);
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String script = AutoComplete.bash(RootCommand.NAME, spec.parent().commandLine());
    out.print(
        switch (shell) {
          case BASH -> script;
          case ZSH -> script;
        });
    out.flush();
    return 0;
  }
}

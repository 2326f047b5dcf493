package io.github.topologyxds.e2e.replicas;

import io.github.topologyxds.cli.RootCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command has printed, and its exit code.
 *
 * @param out without the last line's end
 */
public record CommandRun(int exit, String out, String err) {
  /** Runs a command line whose words hold no spaces. */
  public static CommandRun of(String line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out));
    root.setErr(new PrintWriter(err));
    int exit = root.execute(line.split(" "));
    return new CommandRun(exit, out.toString().stripTrailing(), err.toString().stripTrailing());
  }
}

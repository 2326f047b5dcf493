package io.github.topologyxds;

import io.github.topologyxds.cli.RootCommand;
import io.github.topologyxds.logging.DebugFlags;
import io.github.topologyxds.logging.JdkLog;
import java.util.List;

/** The process: the only place that ends it. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    DebugFlags.takeBack();
    JdkLog.intoOurs();
    System.exit(RootCommand.commandLine(List.of(arguments)).execute(arguments));
  }
}

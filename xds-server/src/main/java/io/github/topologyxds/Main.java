package io.github.topologyxds;

import io.github.topologyxds.cli.RootCommand;

/** The process: the only place that ends it. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(RootCommand.commandLine().execute(arguments));
  }
}

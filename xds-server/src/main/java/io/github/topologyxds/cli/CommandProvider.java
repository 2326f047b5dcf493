package io.github.topologyxds.cli;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * A command of a module that the server does not know, found by {@link java.util.ServiceLoader}: so
 * the demo is a command of a checkout, and not part of the jar that runs in a cluster.
 */
public interface CommandProvider {
  /** Returns the word on the command line. */
  String name();

  /**
   * Returns the lines of an example for {@code topology-xds --help}, indented as those there are.
   */
  List<String> example();

  /** Returns a new command with picocli's annotations; its result is the exit code. */
  Callable<Integer> command();
}

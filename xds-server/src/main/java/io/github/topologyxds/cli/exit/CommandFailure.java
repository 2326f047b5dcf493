package io.github.topologyxds.cli.exit;

/** The input or the world is at fault: one clear line for the user, exit code 1. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure that the user is told of.
   *
   * @param message what is wrong and what to do about it, in one line
   */
  public CommandFailure(String message) {
    super(message);
  }

  /**
   * A failure that something else has caused; its stack is printed when it is asked for.
   *
   * @param message what is wrong and what to do about it, in one line
   */
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

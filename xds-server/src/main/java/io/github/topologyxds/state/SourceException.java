package io.github.topologyxds.state;

/**
 * A source of objects cannot start, or a path cannot be read at all; the message is one line for
 * people.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * The source cannot be read.
   *
   * @param message one line for people: what, and why
   */
  public SourceException(String message) {
    super(message);
  }
}

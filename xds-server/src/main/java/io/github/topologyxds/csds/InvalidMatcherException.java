package io.github.topologyxds.csds;

/** A request's matcher that cannot be held against clients; the message is one line for people. */
final class InvalidMatcherException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidMatcherException(String message) {
    super(message);
  }
}

package io.github.topologyxds.api;

/** A request that cannot be answered; one line for people goes with the status. */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is, and of which kind. */
  enum Kind {
    /** The request is wrong. */
    INVALID,
    /** There is no such thing. */
    NOT_FOUND,
    /** Not for this resource. */
    NOT_ALLOWED,
    /** Later, perhaps. */
    UNAVAILABLE
  }

  private final Kind kind;

  ApiFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** The line for people. */
  String line() {
    return String.valueOf(getMessage());
  }
}

package io.github.topologyxds.api;

/** A request that cannot be answered; one line for people goes with the status. */
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is, and of which kind. */
  public enum Kind {
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

  /**
   * A failure of a kind.
   *
   * @param message the line for people
   */
  public ApiFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Whose fault it is. */
  public Kind kind() {
    return kind;
  }

  /** The line for people. */
  public String line() {
    return String.valueOf(getMessage());
  }
}

package io.github.topologyxds.e2e.apiserver;

/** What the server can be made to do wrong. */
public sealed interface Fault {

  /**
   * As a stopped process: connections are accepted, requests taken, nothing is answered, and open
   * watches stand still without being closed. What waited is served when the fault is lifted.
   */
  record Hang() implements Fault {}

  /** A fault that takes the answer's place. A watch that is open already does not feel it. */
  sealed interface InsteadOfAnswer extends Fault {}

  /** A fault of what is sent: of a watch's events, open ones too, or of a list's body. */
  sealed interface WithinAnswer extends Fault {}

  /**
   * 429, 500, 503 and their like.
   *
   * @param retryAfterSeconds the header of this name; 0 for none
   */
  record HttpError(int code, int retryAfterSeconds) implements InsteadOfAnswer {
    /** Without Retry-After. */
    public HttpError(int code) {
      this(code, 0);
    }
  }

  /** RBAC's no, with the message of a real server for the user whose token came along. */
  record Forbidden() implements InsteadOfAnswer {}

  /** A watch is answered with the HTTP status 410; anything else is let through. */
  record GoneStatus() implements InsteadOfAnswer {}

  /** The connection is reset before a byte of the answer. */
  record Reset() implements InsteadOfAnswer {}

  /** A watch, open or new, gets the 410 as ERROR event at once, and ends. */
  record GoneEvent() implements WithinAnswer {}

  /** The next event's line breaks off in the middle and is lost; a list's body is cut in half. */
  record BrokenJson() implements WithinAnswer {}

  /** A chunk announces more than follows, and the connection ends within it. */
  record TruncatedChunk() implements WithinAnswer {}

  /** Every event of a watch comes twice. */
  record Duplicated() implements WithinAnswer {}

  /** After every event comes the object's former state once more, even after its deletion. */
  record Replayed() implements WithinAnswer {}

  /**
   * Events are kept back until there are as many as the window holds, and leave it shuffled. What
   * is in the window when the fault is lifted goes out then.
   */
  record Reordered(int window, long seed) implements WithinAnswer {}
}

package io.github.topologyxds.session;

/**
 * Why a client's stream is over.
 *
 * @param cause for people, in a few words
 */
public record Departure(String cause) {
  /** The client has ended its half of the stream, and the server then its own. */
  public static final Departure CLOSED_BY_CLIENT = new Departure("closed by the client");

  /** The client has reset the stream, and the connection goes on. */
  public static final Departure CANCELLED = new Departure("cancelled by the client");

  public static final Departure CONNECTION_LOST = new Departure("connection lost");

  /** The server has sent GOAWAY, and the client has kept the stream until the end. */
  public static final Departure CONNECTION_ENDED =
      new Departure("connection ended by the server: its age, too many frames, or stopping");

  /** The client has taken nothing of a response for too long. */
  public static final Departure STALLED = new Departure("stalled: it took nothing of a response");

  public static final Departure DEFECT = new Departure("a defect of the server: see the error");

  /** The server sends its clients away. */
  public static Departure drained(String why) {
    return new Departure("drained: " + why);
  }

  /** The client has asked for what it must not. */
  public static Departure refused(String why) {
    return new Departure("refused: " + why);
  }
}

package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.state.budget.ServiceBudget;
import java.time.Duration;

/**
 * How often and how much a stream is sent, and for how much it may ask.
 *
 * @param interval for which changes are held back after one was sent
 * @param responseBytes a response that has come to this size takes no more, the rest comes after
 *     its answer; a single resource may be larger
 * @param names of one type that a stream may ask for by name
 */
public record PushLimits(Duration interval, int responseBytes, int names) {
  /**
   * A client that stops reading may cost 2 MB. Until it has read a response, all of it lies in
   * memory (gRPC does not encode by parts), and so may one of another type.
   */
  private static final int RESPONSE_BYTES = 1 << 20;

  /** In one request they are as long as that may be: 4 MiB. */
  private static final int MADE_UP_NAMES = 200_000;

  /** As many names as are served. One that does not exist costs 190 bytes, its subscriber a few. */
  public PushLimits(Duration interval, int responseBytes) {
    this(interval, responseBytes, ServiceBudget.NAMES);
  }

  /** The usual size of responses. */
  public static PushLimits every(Duration interval) {
    return new PushLimits(interval, RESPONSE_BYTES);
  }

  /**
   * Returns the same for clusters that clients ask for by any name, most of which are forgotten at
   * once: how many depends on what applications make up, and Envoy names all of them again when it
   * comes back.
   */
  public PushLimits forMadeUpNames() {
    return new PushLimits(interval, responseBytes, MADE_UP_NAMES);
  }

  /** Returns whether a client may ask for so much by name, of one type. */
  public boolean allow(NameCount asked) {
    return asked.names() <= names && asked.characters() <= ServiceBudget.NAME_CHARACTERS;
  }

  /** Returns what to tell a client that asks for more. */
  public String tooManyNames() {
    return "more names of one type than a stream may ask for (allowed: "
        + names
        + ", together "
        + ServiceBudget.NAME_CHARACTERS
        + " characters)";
  }
}

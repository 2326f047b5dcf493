package io.github.topologyxds.delivery;

import java.time.Duration;

/**
 * How often and how much a stream is sent.
 *
 * @param interval for which changes are held back after one was sent
 * @param responseBytes a response that has come to this size takes no more, the rest comes after
 *     its answer; a single resource may be larger
 */
public record PushLimits(Duration interval, int responseBytes) {
  /**
   * A client that stops reading may cost 2 MB. Until it has read a response, all of it lies in
   * memory (gRPC does not encode by parts), and so may one of another type.
   */
  private static final int RESPONSE_BYTES = 1 << 20;

  /** The usual size of responses. */
  public static PushLimits every(Duration interval) {
    return new PushLimits(interval, RESPONSE_BYTES);
  }
}

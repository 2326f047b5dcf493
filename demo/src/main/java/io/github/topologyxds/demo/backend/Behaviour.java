package io.github.topologyxds.demo.backend;

import java.time.Duration;

/** What an {@link EchoBackend} does with a request that it has read to its end and counted. */
public sealed interface Behaviour {
  Behaviour OK = new Ok();
  Behaviour READ_AND_CLOSE = new ReadAndClose();

  /** 200. */
  record Ok() implements Behaviour {}

  /** This status: an application that fails while its server is well. */
  record Status(int code) implements Behaviour {}

  /**
   * Closes the connection without an answer: the work is done and nobody is told, so a request that
   * is tried again runs twice.
   */
  record ReadAndClose() implements Behaviour {}

  /** 200, later. */
  record Slow(Duration delay) implements Behaviour {}
}

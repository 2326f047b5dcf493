package io.github.topologyxds.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or whatever else tells this JVM to end: it then waits, but not for long, until what was
 * started is closed in good order.
 */
final class StopSignal implements AutoCloseable {
  /** With what is left to do, all is over within three seconds. */
  private static final Duration PATIENCE = Duration.ofMillis(2500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Listens from now on. */
  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::hold, "stop-signal"));
    return signal;
  }

  private void hold() {
    asked.countDown();
    try {
      var unused = closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the JVM is told to end. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed. */
  @Override
  public void close() {
    closed.countDown();
  }
}

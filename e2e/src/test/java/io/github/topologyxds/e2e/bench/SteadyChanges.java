package io.github.topologyxds.e2e.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Changes something all the time, fifty times a second, so that there is always something to do.
 */
public final class SteadyChanges implements AutoCloseable {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final IntConsumer change;
  private final Thread thread;

  /** Begins; {@code change} gets the number of the change, from 0. */
  public SteadyChanges(IntConsumer change) {
    this.change = change;
    this.thread = Thread.ofVirtual().name("changes").start(this::run);
  }

  private void run() {
    try {
      for (int i = 0; !stopped.await(20, TimeUnit.MILLISECONDS); i++) {
        change.accept(i);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether it goes on: it does not where a change has failed. */
  public boolean running() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.github.topologyxds.e2e.kubernetes;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Changes the address of a workload all the time, so that a writer has something to write. */
final class WorkloadChanges implements AutoCloseable {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Consumer<String> move;
  private final Thread thread;

  /** Begins; {@code move} writes the workload with a new address. */
  WorkloadChanges(Consumer<String> move) {
    this.move = move;
    this.thread = Thread.ofVirtual().name("changes").start(this::run);
  }

  private void run() {
    try {
      for (int i = 0; !stopped.await(20, TimeUnit.MILLISECONDS); i++) {
        move.accept("10.88.1." + (1 + i % 200));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean running() {
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

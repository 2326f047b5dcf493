package io.github.topologyxds.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A few requests at a time, all the time: enough to see a failure, and the cores stay free. */
public final class SteadyTraffic implements AutoCloseable {
  private static final int AT_A_TIME = 5;

  private final LoadGenerator generator;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<LoadResult> results = new ArrayList<>();
  private final Thread thread;

  public SteadyTraffic(LoadGenerator generator) {
    this.generator = generator;
    this.thread = Thread.ofVirtual().name("traffic").start(this::run);
  }

  private void run() {
    try {
      do {
        results.add(generator.run(LoadBounds.of(AT_A_TIME, 1)));
      } while (!stopped.await(20, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it; every request must have been answered with 200. Returns how many there were. */
  public long assertNoneFailed() throws InterruptedException {
    close();
    thread.join();
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(result ->
            assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero());
    return results.stream().mapToLong(LoadResult::total).sum();
  }

  @Override
  public void close() {
    stopped.countDown();
  }
}

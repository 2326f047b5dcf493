package io.github.topologyxds.demo.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Load that is being sent, by virtual threads. */
public final class RunningLoad implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<LoadTally>> workers = new ArrayList<>();

  /** Taken from by the workers. */
  private final AtomicLong left;

  private final long deadline;
  private final Duration pause;

  private RunningLoad(LoadBounds bounds) {
    pause = bounds.pause();
    left = new AtomicLong(bounds.requests());
    deadline = System.nanoTime() + bounds.time().toNanos();
  }

  static RunningLoad start(LoadGenerator generator, LoadBounds bounds) {
    RunningLoad load = new RunningLoad(bounds);
    for (int i = 0; i < bounds.concurrency(); i++) {
      LoadWorker worker = generator.worker();
      load.workers.add(load.threads.submit(() -> worker.run(load::more)));
    }
    return load;
  }

  /** Lets the requests under way end, and counts. */
  public LoadResult stop() {
    left.set(0);
    return await();
  }

  /** Waits for the bounds, and counts. */
  public LoadResult await() {
    List<LoadTally> tallies = new ArrayList<>();
    try {
      for (Future<LoadTally> worker : workers) {
        tallies.add(worker.get());
      }
    } catch (InterruptedException e) {
      left.set(0);
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a load worker failed", e.getCause());
    }
    return LoadTally.sum(tallies);
  }

  @Override
  public void close() {
    left.set(0);
    threads.close();
  }

  private boolean more() {
    if (!pause.isZero()) {
      LockSupport.parkNanos(pause.toNanos());
    }
    return left.getAndDecrement() > 0 && System.nanoTime() < deadline;
  }
}

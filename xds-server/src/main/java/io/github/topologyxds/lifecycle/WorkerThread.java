package io.github.topologyxds.lifecycle;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that does what others hand it, in the order in which it came. It never keeps the
 * process alive, and there is none while there is nothing to do.
 */
public final class WorkerThread {
  private static final long IDLE_SECONDS = 1;

  private WorkerThread() {}

  /**
   * Returns an executor that does all on one thread; tasks see what those before them wrote.
   *
   * @param name the thread's
   * @param maxWaiting how many tasks may wait; the executor rejects more
   */
  public static ThreadPoolExecutor named(String name, int maxWaiting) {
    ThreadPoolExecutor worker =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(maxWaiting),
            Thread.ofPlatform().daemon().name(name).factory());
    worker.allowCoreThreadTimeOut(true);
    return worker;
  }
}

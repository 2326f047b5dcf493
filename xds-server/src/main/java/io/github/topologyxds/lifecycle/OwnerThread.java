package io.github.topologyxds.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns the state of one part of the program, from its start until it is told to
 * stop. It never keeps the process alive. Any thread may start and stop it.
 */
public final class OwnerThread {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerThread.class);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /** What runs on the thread: it returns when it is to stop, or is interrupted. */
  @FunctionalInterface
  public interface Task {
    /** Runs once. */
    void run() throws InterruptedException;
  }

  private OwnerThread(Thread.Builder builder, Task task) {
    this.thread = builder.unstarted(() -> run(task));
  }

  /** Returns a thread of the operating system, for what works a lot; it is not started yet. */
  public static OwnerThread platform(String name, Task task) {
    return new OwnerThread(Thread.ofPlatform().daemon().name(name), task);
  }

  /** Returns a virtual thread, for what waits most of the time; it is not started yet. */
  public static OwnerThread virtual(String name, Task task) {
    return new OwnerThread(Thread.ofVirtual().name(name), task);
  }

  private void run(Task task) {
    try {
      task.run();
    } catch (InterruptedException e) {
      LOG.debug("{} was told to stop", thread.getName());
    }
  }

  /** Starts it, once. */
  public void start() {
    thread.start();
  }

  /**
   * Tells it to stop, as far as it looks at {@link #stops()}; a request under way comes to its end.
   */
  public void stop() {
    stopping.countDown();
  }

  /** Tells it to stop, and cuts short what it waits for. */
  public void interrupt() {
    stop();
    thread.interrupt();
  }

  /** Returns whether it was told to stop. */
  public boolean stops() {
    return stopping.getCount() == 0;
  }

  /** Waits, at most until it is told to stop; returns whether it is. For the thread itself. */
  public boolean stopsWithin(Duration pause) throws InterruptedException {
    return stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Waits until it has ended.
   *
   * @return whether it has; false, too, when the caller is interrupted, which it stays
   */
  public boolean ends(Duration within) {
    try {
      return thread.join(within);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

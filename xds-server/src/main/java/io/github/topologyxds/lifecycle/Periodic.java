package io.github.topologyxds.lifecycle;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that is done again and again, with the same pause between two, on a thread of its own. A
 * step that fails is logged and costs the others nothing; {@code ScheduledExecutorService} would
 * forget the step for ever, without a word. An {@link Error} ends the thread, as it ends any.
 */
public final class Periodic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

  private final String name;
  private final Duration pause;
  private final OwnerThread.Task step;
  private final OwnerThread thread;

  private Periodic(String name, Duration pause, OwnerThread.Task step) {
    this.name = name;
    this.pause = pause;
    this.step = step;
    this.thread = OwnerThread.platform(name, this::run);
  }

  /**
   * Begins with the first step, at once.
   *
   * @param pause between the end of a step and the next
   * @param name the thread's
   * @param step may throw what it likes; when it is interrupted it is over for good
   */
  public static Periodic every(Duration pause, String name, OwnerThread.Task step) {
    Periodic periodic = new Periodic(name, pause, step);
    periodic.thread.start();
    return periodic;
  }

  private void run() throws InterruptedException {
    do {
      try {
        step.run();
      } catch (RuntimeException e) {
        LOG.error("a defect: {} failed; it is tried again in {}", name, pause, e);
      }
    } while (!thread.stopsWithin(pause));
  }

  /**
   * Lets the step under way come to its end and waits for that; none follows.
   *
   * @return whether it came to its end within the time
   */
  public boolean finish(Duration within) {
    thread.stop();
    return thread.ends(within);
  }

  /** Interrupts the step under way; none follows. Does not wait. */
  @Override
  public void close() {
    thread.interrupt();
  }
}

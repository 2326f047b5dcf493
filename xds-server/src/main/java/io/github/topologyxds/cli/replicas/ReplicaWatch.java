package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches a list at all replicas: at those that are ready, and at each that becomes ready later, as
 * in a rolling update all do. Goes on while there are none.
 */
final class ReplicaWatch {
  /** Between two looks for Pods. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KnownReplicas known;
  private final Consumer<String> warnings;
  private final String path;
  private final Runnable task;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock, as are those that are known and whatever the task does.
  private final Condition failing = lock.newCondition();
  private final Set<Replica> watched = new HashSet<>();

  /** Names of those that have ended, which was said, and were not heard since. */
  private final Set<String> silent = new HashSet<>();

  private String trouble = "";
  private @Nullable RuntimeException defect;

  /**
   * Watches nobody yet.
   *
   * @param path of the list behind {@code /api/v1/}
   * @param task runs for each event of any replica, one at a time
   */
  ReplicaWatch(KnownReplicas known, Consumer<String> warnings, String path, Runnable task) {
    this.known = known;
    this.warnings = warnings;
    this.path = path;
    this.task = task;
  }

  /**
   * Watches until it is interrupted.
   *
   * @throws CommandFailure when it is
   */
  void run() {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    lock.lock();
    try {
      follow(threads);
      while (true) {
        if (!failing.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS) && defect == null) {
          look();
          follow(threads);
        }
        if (defect != null) {
          throw defect;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    } finally {
      lock.unlock();
      threads.shutdownNow();
    }
  }

  private void look() throws InterruptedException {
    try {
      known.look();
      trouble("");
    } catch (CommandFailure e) {
      trouble("replicas that come are not noticed: " + e.getMessage());
    }
  }

  private void follow(ExecutorService threads) {
    for (Replica replica : known.ready()) {
      if (watched.add(replica)) {
        threads.execute(() -> watch(replica));
      }
    }
  }

  /** On a thread of its own. */
  private void watch(Replica replica) {
    try {
      replica.watch(path, () -> alone(() -> heard(replica)));
    } catch (CommandFailure e) {
      alone(() -> ended(replica));
    } catch (RuntimeException e) {
      alone(() -> {
        defect = e;
        failing.signalAll();
      });
    }
  }

  private void alone(Runnable what) {
    lock.lock();
    try {
      what.run();
    } finally {
      lock.unlock();
    }
  }

  private void heard(Replica replica) {
    silent.remove(replica.name());
    task.run();
  }

  /** One that is found ready again is watched again; one that never answers is named once. */
  private void ended(Replica replica) {
    watched.remove(replica);
    known.forget(replica);
    if (silent.add(replica.name())) {
      warnings.accept(
          "replica "
              + replica.name()
              + " is not watched any more: it, or the way to it, has ended");
    }
    if (known.ready().isEmpty()) {
      trouble("no replica is left; it goes on with the next one that is ready");
      return;
    }
    try {
      task.run();
    } catch (CommandFailure e) {
      trouble(String.valueOf(e.getMessage()));
    }
  }

  /** Says what stands in the way, once for as long as it does; "" is nothing. */
  private void trouble(String line) {
    if (!line.isEmpty() && !line.equals(trouble)) {
      warnings.accept(line);
    }
    trouble = line;
  }
}

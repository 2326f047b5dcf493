package io.github.topologyxds.kubernetes.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A queue from which owners take turns, so that what many wait for delays no other owner's; when it
 * is full, the owner that has the most in it loses its youngest. Any thread.
 */
final class FairQueue<T> {
  private final Function<T, String> ownerOf;
  private final int atMost;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock. The owner whose turn it is comes first; none is without a waiting item.
  private final Map<String, ArrayDeque<T>> byOwner = new LinkedHashMap<>();
  private final Map<String, Long> pausedUntil = new HashMap<>();
  private int size;

  /** Makes an empty queue that holds so many items. */
  FairQueue(Function<T, String> ownerOf, int atMost) {
    this.ownerOf = ownerOf;
    this.atMost = atMost;
  }

  /** Adds an item; returns the one that found no room, which may be another. */
  Optional<T> add(T item) {
    lock.lock();
    try {
      byOwner.computeIfAbsent(ownerOf.apply(item), owner -> new ArrayDeque<>()).addLast(item);
      changed.signalAll();
      return ++size > atMost ? Optional.of(dropped()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private T dropped() {
    String longest =
        Collections.max(
                byOwner.entrySet(), Comparator.comparingInt(entry -> entry.getValue().size()))
            .getKey();
    ArrayDeque<T> of = queue(longest);
    T dropped = of.removeLast();
    size--;
    if (of.isEmpty()) {
      byOwner.remove(longest);
    }
    return dropped;
  }

  /** Takes the next item of the owner whose turn it is; waits for one. */
  T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = System.nanoTime();
        pausedUntil.values().removeIf(until -> until - now <= 0);
        Optional<String> next =
            byOwner.keySet().stream().filter(owner -> !pausedUntil.containsKey(owner)).findFirst();
        if (next.isPresent()) {
          return taken(next.get());
        }
        long wait = pausedUntil.values().stream().mapToLong(u -> u - now).min().orElse(FOR_EVER);
        long unused = changed.awaitNanos(wait);
      }
    } finally {
      lock.unlock();
    }
  }

  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  private T taken(String owner) {
    ArrayDeque<T> of = queue(owner);
    T item = of.removeFirst();
    size--;
    byOwner.remove(owner);
    if (!of.isEmpty()) {
      byOwner.put(owner, of);
    }
    return item;
  }

  private ArrayDeque<T> queue(String owner) {
    return byOwner.getOrDefault(owner, new ArrayDeque<>());
  }

  /** Takes nothing of this owner for a while. */
  void pause(String owner, Duration time) {
    lock.lock();
    try {
      pausedUntil.put(owner, System.nanoTime() + time.toNanos());
    } finally {
      lock.unlock();
    }
  }
}

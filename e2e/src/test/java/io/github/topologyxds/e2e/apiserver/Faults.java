package io.github.topologyxds.e2e.apiserver;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The faults in force. Guarded by {@code lock}; they can be set from any thread at any time. */
public final class Faults {
  private static final int FOR_EVER = Integer.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Injection, Integer> left = new LinkedHashMap<>();
  private final Runnable wakeWatches;
  private long numbers;

  Faults(Runnable wakeWatches) {
    this.wakeWatches = wakeWatches;
  }

  /** Hangs everything: what a SIGSTOP does to a real server. */
  public Injection hang() {
    return inject(new Fault.Hang(), Where.everywhere());
  }

  /** Sets a fault until it is lifted. */
  public Injection inject(Fault fault, Where where) {
    return inject(fault, where, FOR_EVER);
  }

  /**
   * Sets a fault for a number of requests; of faults within an answer, for a number of deliveries
   * (all the events that are ready at a moment are one).
   */
  public Injection inject(Fault fault, Where where, int times) {
    lock.lock();
    try {
      Injection injection = new Injection(fault, where, ++numbers, this);
      left.put(injection, times);
      changed.signalAll();
      return injection;
    } finally {
      lock.unlock();
      wakeWatches.run();
    }
  }

  /** Ends all faults. */
  public void clear() {
    lock.lock();
    try {
      left.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
      wakeWatches.run();
    }
  }

  void lift(Injection injection) {
    lock.lock();
    try {
      left.remove(injection);
      changed.signalAll();
    } finally {
      lock.unlock();
      wakeWatches.run();
    }
  }

  /** Lets those who wait in {@link #holdWhileHung} look again whether they still should. */
  void recheck() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when no hang is in force for the request, or when there is nobody left to answer. */
  void holdWhileHung(Request request, BooleanSupplier wanted) throws InterruptedException {
    lock.lock();
    try {
      while (wanted.getAsBoolean() && hung(request)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The fault in the answer's place, which counts as used. */
  Optional<Fault.InsteadOfAnswer> insteadOf(Request request) {
    boolean watch = request.verb() == Verb.WATCH;
    return take(
        Fault.InsteadOfAnswer.class,
        request,
        fault -> watch || !(fault instanceof Fault.GoneStatus));
  }

  /** The fault in what is sent, of those that fit the moment; it counts as used. */
  Optional<Fault.WithinAnswer> within(Request request, Predicate<Fault.WithinAnswer> fits) {
    return take(Fault.WithinAnswer.class, request, fits);
  }

  private boolean hung(Request request) {
    return left.keySet().stream()
        .anyMatch(injection ->
            injection.fault() instanceof Fault.Hang && injection.where().hits(request));
  }

  private <F extends Fault> Optional<F> take(
      Class<F> type, Request request, Predicate<? super F> fits) {
    lock.lock();
    try {
      Iterator<Map.Entry<Injection, Integer>> entries = left.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<Injection, Integer> entry = entries.next();
        Fault fault = entry.getKey().fault();
        if (type.isInstance(fault)
            && entry.getKey().where().hits(request)
            && fits.test(type.cast(fault))) {
          if (entry.getValue() == 1) {
            entries.remove();
          } else if (entry.getValue() != FOR_EVER) {
            entry.setValue(entry.getValue() - 1);
          }
          return Optional.of(type.cast(fault));
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}

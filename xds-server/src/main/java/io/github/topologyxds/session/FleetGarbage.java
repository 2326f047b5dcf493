package io.github.topologyxds.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Collects the heap when many clients have come or gone. What a stream needs lives as long as it
 * does, and what a first answer needs as long as the client is slow, so it moves to the old
 * generation, which the collector leaves alone until the heap is full: each thousand clients that
 * came and went took 45 MB more (docs/performance.md). The pause takes some 100 ms, with 60 MB that
 * live. So it comes when the last client has gone; and where the heap is small, when none has come
 * for five seconds, once for each half of the clients that is new: a fleet that is replaced bit by
 * bit costs few pauses. Any thread.
 */
final class FleetGarbage {
  /** What fewer leave behind is not worth a pause. */
  private static final int MANY = 100;

  private static final int QUIET_SECONDS = 5;

  /** A larger heap takes more than half a second, which clients that are there would wait. */
  private static final long MAX_HEAP_WITH_CLIENTS = 256 << 20;

  private final Runnable collector;
  private final LongSupplier heap;
  private final Executor afterQuiet;
  private final AtomicInteger connected = new AtomicInteger();

  /** The most at once since the last collection. */
  private final AtomicInteger most = new AtomicInteger();

  /** How many have come since the last collection. */
  private final AtomicInteger arrived = new AtomicInteger();

  /** Whether it is looked after a while whether more have come. */
  private final AtomicBoolean watched = new AtomicBoolean();

  FleetGarbage() {
    // On threads of its own: the caller is an event loop.
    this(
        () -> Thread.ofVirtual().name("fleet-garbage").start(System::gc),
        Runtime.getRuntime()::totalMemory,
        CompletableFuture.delayedExecutor(QUIET_SECONDS, TimeUnit.SECONDS));
  }

  /**
   * With a collector of one's own.
   *
   * @param heap how large the heap is now, in bytes
   * @param afterQuiet runs what it is given when a while has gone by
   */
  FleetGarbage(Runnable collector, LongSupplier heap, Executor afterQuiet) {
    this.collector = collector;
    this.heap = heap;
    this.afterQuiet = afterQuiet;
  }

  /** A client has come. */
  void came() {
    int now = connected.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    int fresh = arrived.incrementAndGet();
    if (fresh >= Math.max(MANY, now / 2) && now >= MANY && watched.compareAndSet(false, true)) {
      lookLater(fresh);
    }
  }

  /** A client has gone. */
  void went() {
    if (connected.decrementAndGet() == 0 && most.getAndSet(0) >= MANY) {
      arrived.set(0);
      collector.run();
    }
  }

  private void lookLater(int before) {
    afterQuiet.execute(() -> look(before));
  }

  private void look(int before) {
    int now = arrived.get();
    if (now != before) {
      lookLater(now);
      return;
    }
    watched.set(false);
    if (now >= MANY) {
      arrived.addAndGet(-now);
      if (heap.getAsLong() <= MAX_HEAP_WITH_CLIENTS) {
        collector.run();
      }
    }
  }
}

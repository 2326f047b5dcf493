package io.github.topologyxds.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collects the heap when many clients have gone and nobody is connected. What a stream needs lives
 * as long as it does, so it moves to the old generation, which the collector leaves alone until the
 * heap is full: each thousand clients that came and went took 45 MB more (docs/performance.md). The
 * pause, some 100 ms, keeps nobody waiting then. Any thread.
 */
final class FleetGarbage {
  /** What fewer leave behind is not worth a pause. */
  private static final int MANY = 100;

  private final Runnable collector;
  private final AtomicInteger connected = new AtomicInteger();

  /** The most at once since the last collection. */
  private final AtomicInteger most = new AtomicInteger();

  FleetGarbage() {
    // On a thread of its own: the caller is an event loop.
    this(() -> Thread.ofVirtual().name("fleet-garbage").start(System::gc));
  }

  FleetGarbage(Runnable collector) {
    this.collector = collector;
  }

  /** A client has come. */
  void came() {
    most.accumulateAndGet(connected.incrementAndGet(), Math::max);
  }

  /** A client has gone. */
  void went() {
    if (connected.decrementAndGet() == 0 && most.getAndSet(0) >= MANY) {
      collector.run();
    }
  }
}

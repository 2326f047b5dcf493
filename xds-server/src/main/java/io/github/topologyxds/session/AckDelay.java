package io.github.topologyxds.session;

/**
 * Measures how long it takes from a change of endpoints until a client has accepted it: from the
 * oldest change in a response, so that what was held back counts in full.
 *
 * <p>Owner: the stream's thread.
 */
final class AckDelay {
  /** No change. */
  private static final long NONE = 0;

  private final DeliveryMetrics metrics;
  private long waiting = NONE;
  private long underWay = NONE;

  AckDelay(DeliveryMetrics metrics) {
    this.metrics = metrics;
  }

  /** Something changed, at this time of {@link System#nanoTime}. */
  void changed(long nanos) {
    if (waiting == NONE) {
      waiting = nanos;
    }
  }

  /** What changed makes no difference to this client. */
  void nothingDue() {
    waiting = NONE;
  }

  /** What waited is sent. */
  void sent() {
    underWay = waiting;
    waiting = NONE;
  }

  /** The client has accepted it. */
  void acknowledged() {
    if (underWay != NONE) {
      metrics.acknowledged(System.nanoTime() - underWay);
      underWay = NONE;
    }
  }
}

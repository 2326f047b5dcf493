package io.github.topologyxds.grpc.connection;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The streams of one connection that have not said yet who their client is: a few begin, and the
 * others wait until one of those has. An Envoy that takes endpoints alone opens a stream for each
 * of its clusters, all at once, before it has read how many are allowed, and says of itself on each
 * what it has to say: some 57 kB. What HTTP/2 refuses would cost it the connection; and if all
 * began, what has come of all those requests would lie here together.
 *
 * <p>Owner: the connection's event loop.
 */
final class ConnectionStreams {
  /**
   * So many begin before they have said who they are: an Envoy has one for all types, or one for
   * each, and one for load reports.
   */
  static final int BEFORE_NODE = 16;

  private final Set<LimitedCall<?, ?>> waiting = new LinkedHashSet<>();
  private final Set<LimitedCall<?, ?>> unknown = new HashSet<>();

  /** A stream begins, now or when it may. */
  void begin(LimitedCall<?, ?> stream) {
    waiting.add(stream);
    beginWaiting();
  }

  /** A stream is over, begun or not; or it has said who its client is. */
  void isNotUnknown(LimitedCall<?, ?> stream) {
    waiting.remove(stream);
    if (unknown.remove(stream)) {
      beginWaiting();
    }
  }

  private void beginWaiting() {
    while (!waiting.isEmpty() && unknown.size() < BEFORE_NODE) {
      LimitedCall<?, ?> next = waiting.iterator().next();
      waiting.remove(next);
      unknown.add(next);
      next.begin();
    }
  }
}

package io.github.topologyxds.grpc.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets large responses out by the bytes that have not left yet. When a thousand clients come back
 * at once, their first responses would otherwise all lie in memory together (840 MB measured for
 * 1,000 clients x 1,000 services), and those that are in sync would wait behind them. Small
 * responses pass until there are very many.
 *
 * <p>Owner: the loop.
 */
public final class Admission {
  /** On each loop. */
  private static final long BYTES_IN_FLIGHT = 6 << 20;

  /** A response of fewer resources passes, unless a lot is under way. */
  private static final int SMALL = 64;

  /** On each loop; a few resources may have ten thousand endpoints. */
  private static final long A_LOT = 4 * BYTES_IN_FLIGHT;

  /** A shorter response does not count. */
  private static final int SMALL_BYTES = 32 << 10;

  /** A client that takes longer to read does not hold up the others any more. */
  private static final long PATIENCE_SECONDS = 3;

  private final Timer timer;
  private final Set<Waiter> waiting = new LinkedHashSet<>();
  private long inFlight;
  private boolean draining;

  /** Runs tasks on the loop. */
  interface Timer {
    void soon(Runnable task);

    void after(long seconds, Runnable task);
  }

  /** A stream whose turn may have to come. */
  public interface Waiter {
    /** It may: it asks again, if it still has something to send. */
    void ready();

    /** A defect of ours has kept it from that: it ends, and the others have their turn. */
    void fail(RuntimeException defect);
  }

  Admission(Timer timer) {
    this.timer = timer;
  }

  /** Bytes on their way to one client. */
  final class Grant {
    private long bytes;

    private Grant(long bytes) {
      this.bytes = bytes;
    }

    /** They have left, or the client is gone, or it has been waited for long enough. */
    void release() {
      if (bytes > 0) {
        inFlight -= bytes;
        bytes = 0;
        drainSoon();
      }
    }
  }

  /**
   * Returns whether a stream may send now. If not, it is asked to flush again when it may.
   *
   * @param resources how many resources it may send
   */
  boolean admits(Waiter stream, int resources) {
    if (inFlight < (resources <= SMALL ? A_LOT : BYTES_IN_FLIGHT)) {
      return true;
    }
    waiting.add(stream);
    return false;
  }

  /** A response goes out; null: too small to count. */
  @Nullable Grant sent(int bytes) {
    if (bytes < SMALL_BYTES) {
      return null;
    }
    inFlight += bytes;
    Grant grant = new Grant(bytes);
    timer.after(PATIENCE_SECONDS, grant::release);
    return grant;
  }

  /** The stream is over. */
  void leave(Waiter stream) {
    waiting.remove(stream);
  }

  private void drainSoon() {
    if (!draining && !waiting.isEmpty()) {
      draining = true;
      timer.soon(this::drain);
    }
  }

  private void drain() {
    draining = false;
    Deque<Waiter> turn = new ArrayDeque<>(waiting);
    while (inFlight < BYTES_IN_FLIGHT && !turn.isEmpty()) {
      Waiter next = turn.poll();
      if (waiting.remove(next)) {
        try {
          next.ready();
        } catch (RuntimeException e) {
          next.fail(e);
        }
      }
    }
  }

  /** Returns how many bytes are on their way. */
  long inFlight() {
    return inFlight;
  }
}

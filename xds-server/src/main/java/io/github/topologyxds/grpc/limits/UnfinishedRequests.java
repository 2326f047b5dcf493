package io.github.topologyxds.grpc.limits;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of requests that are not complete, of all clients. Where they come to more than is
 * allowed, the connection with most of them ends: who has sent a few, as everybody does, stays. Any
 * thread.
 */
public final class UnfinishedRequests {
  private final long most;
  private final AtomicLong all = new AtomicLong();
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();

  /**
   * The account of a server.
   *
   * @param most bytes of all connections together
   */
  public UnfinishedRequests(long most) {
    this.most = most;
  }

  /** Those of a connection, which ends by this. */
  public Share of(Runnable end) {
    Share share = new Share(end);
    shares.add(share);
    return share;
  }

  long bytes() {
    return all.get();
  }

  private void endLargest() {
    Optional<Share> largest = shares.stream().max(Comparator.comparingLong(Share::bytes));
    if (largest.isPresent() && largest.get().close()) {
      largest.get().end.run();
    }
  }

  /** The bytes of one connection. */
  public final class Share {
    private final Runnable end;

    // Guarded by this.
    private long bytes;
    private boolean closed;

    private Share(Runnable end) {
      this.end = end;
    }

    /** So many more, or fewer, lie here. */
    void add(long more) {
      if (more == 0) {
        return;
      }
      synchronized (this) {
        if (closed) {
          return;
        }
        bytes += more;
        all.addAndGet(more);
      }
      while (all.get() > most && more > 0) {
        long before = all.get();
        endLargest();
        if (all.get() >= before) {
          return;
        }
      }
    }

    private synchronized long bytes() {
      return bytes;
    }

    /** The connection is over, or about to be; returns whether it was not before. */
    public synchronized boolean close() {
      boolean first = !closed;
      closed = true;
      all.addAndGet(-bytes);
      bytes = 0;
      shares.remove(this);
      return first;
    }
  }
}

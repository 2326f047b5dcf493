package io.github.topologyxds.grpc.connection;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The open streams. Any thread. */
public final class Sessions {
  private static final long PAUSE_NANOS = 5_000_000;

  private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();

  /** Takes in a stream that has just been opened. */
  public void add(OpenStream stream) {
    open.add(stream);
  }

  /** Forgets a stream that has ended; nothing if it is not there. */
  public void remove(OpenStream stream) {
    open.remove(stream);
  }

  /** Closes every stream; its client comes back, here or elsewhere. */
  public void closeAll(Status status) {
    open.forEach(stream -> stream.close(status));
  }

  /**
   * Closes every stream, one after the other, so that the clients do not all come to another server
   * in the same moment: 200 a second, or more where that would take longer than allowed.
   */
  public void closeSpread(Status status, Duration longest) throws InterruptedException {
    List<OpenStream> closing = List.copyOf(open);
    long pause = Math.min(PAUSE_NANOS, longest.toNanos() / Math.max(1, closing.size()));
    long start = System.nanoTime();
    for (int i = 0; i < closing.size(); i++) {
      long early = start + i * pause - System.nanoTime();
      if (early > 0) {
        TimeUnit.NANOSECONDS.sleep(early);
      }
      closing.get(i).close(status);
    }
  }
}

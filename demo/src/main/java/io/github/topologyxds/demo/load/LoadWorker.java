package io.github.topologyxds.demo.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One client: one connection, one request at a time. Belongs to the thread that runs it. */
final class LoadWorker {
  private final InetSocketAddress proxy;
  private final byte[] request;
  private final Duration timeout;
  private final LoadTally tally = new LoadTally();
  private @Nullable HttpConnection connection;

  LoadWorker(InetSocketAddress proxy, byte[] request, Duration timeout) {
    this.proxy = proxy;
    this.request = request;
    this.timeout = timeout;
  }

  LoadTally run(BooleanSupplier more) {
    while (more.getAsBoolean()) {
      once();
    }
    disconnect();
    return tally;
  }

  private void once() {
    long begun = System.nanoTime();
    try {
      HttpConnection open = connection();
      HttpConnection.Answer answer = open.exchange(request);
      tally.answered(answer, System.nanoTime() - begun);
      if (!open.keptAlive()) {
        disconnect();
      }
    } catch (IOException | NumberFormatException e) {
      tally.unanswered(e);
      disconnect();
    }
  }

  private HttpConnection connection() throws IOException {
    HttpConnection open = connection;
    if (open == null) {
      open = HttpConnection.open(proxy, timeout);
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    HttpConnection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}

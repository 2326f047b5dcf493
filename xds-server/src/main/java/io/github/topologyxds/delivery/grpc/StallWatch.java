package io.github.topologyxds.delivery.grpc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connection of a client that answers pings but takes nothing of a response. What it was
 * sent lies in our memory until then; one that is merely slow may go on.
 *
 * <p>Owner: the stream's event loop.
 */
final class StallWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

  /**
   * Less than this in the whole time is no progress; answers to pings and settings are bytes too.
   */
  private static final long PROGRESS_BYTES = 16 << 10;

  private final DeliveryLoop loop;
  private final Duration limit;
  private final Connections.@Nullable Connection connection;
  private boolean watching;
  private boolean waiting;
  private long bytesBefore;

  StallWatch(DeliveryLoop loop, Duration limit, Connections.@Nullable Connection connection) {
    this.loop = loop;
    this.limit = limit;
    this.connection = connection;
  }

  /** A response was handed over, and there is no room for another. */
  void begin() {
    waiting = connection != null;
    if (waiting && !watching) {
      watch();
    }
  }

  /** There is room again, or the stream is over. */
  void end() {
    waiting = false;
  }

  private void watch() {
    watching = true;
    bytesBefore = connection == null ? 0 : connection.bytesOut();
    loop.after(limit, this::look);
  }

  private void look() {
    watching = false;
    if (!waiting || connection == null) {
      return;
    }
    if (connection.bytesOut() - bytesBefore >= PROGRESS_BYTES) {
      watch();
    } else {
      LOG.info("a client has taken nothing for {}: its connection is closed", limit);
      connection.abort();
    }
  }
}

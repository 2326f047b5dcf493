package io.github.topologyxds.grpc.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connection of a client that answers pings but takes nothing of a response. What it was
 * sent lies in our memory until then; one that is merely slow may go on.
 *
 * <p>It looks nine times within the limit, and ends the connection when eight looks in a row have
 * seen none: the last progress, or the response itself, was seven to nine ninths of the limit ago.
 *
 * <p>Owner: the stream's event loop.
 */
final class StallWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

  /** Less than this between two looks that count it is no progress. */
  private static final long PROGRESS_BYTES = 16 << 10;

  private static final int LOOKS = 9;

  private final DeliveryLoop loop;
  private final Duration interval;
  private final @Nullable Client client;

  private boolean waiting;
  private boolean scheduled;
  private long taken;
  private int idleLooks;

  /** Who is to take what its stream is sent. */
  interface Client {
    /** Returns how many bytes of this stream HTTP/2 has let go so far, in this client's window. */
    long taken();

    /** Ends its connection at once. */
    void abort();
  }

  /**
   * Watches one stream.
   *
   * @param limit the longest that a client may take nothing
   * @param client null: not watched
   */
  StallWatch(DeliveryLoop loop, Duration limit, @Nullable Client client) {
    this.loop = loop;
    this.interval = limit.dividedBy(LOOKS);
    this.client = client;
  }

  /** A response was handed over, and there is no room for another. */
  void begin() {
    if (client == null || waiting) {
      return;
    }
    waiting = true;
    taken = client.taken();
    idleLooks = 0;
    if (!scheduled) {
      lookLater();
    }
  }

  /** There is room again, or the stream is over. */
  void end() {
    waiting = false;
  }

  private void lookLater() {
    scheduled = true;
    loop.after(interval, this::look);
  }

  private void look() {
    scheduled = false;
    if (!waiting || client == null) {
      return;
    }
    // What fills its window leaves after begin(): that counts at the first look, and only there.
    long now = client.taken();
    if (now - taken >= PROGRESS_BYTES) {
      taken = now;
      idleLooks = 0;
    } else {
      idleLooks++;
    }
    if (idleLooks < LOOKS - 1) {
      lookLater();
    } else {
      LOG.info(
          "a client has taken nothing for {}: its connection is closed",
          interval.multipliedBy(idleLooks));
      client.abort();
    }
  }
}

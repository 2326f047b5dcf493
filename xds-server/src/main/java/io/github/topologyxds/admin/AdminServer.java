package io.github.topologyxds.admin;

import io.github.topologyxds.http.HttpListener;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics}, to whoever asks under whatever name.
 * It has a thread of its own, and of its connections the oldest makes room for the newest: a probe
 * is answered however many there are, here or at the xDS port.
 */
public final class AdminServer implements AutoCloseable {
  /**
   * The most connections: a probe or a scrape takes one for a moment; the xDS port leaves room for
   * these.
   */
  public static final int MAX_CONNECTIONS = 32;

  private static final int MAX_REQUEST_SECONDS = 10;

  private final HttpListener listener;

  /**
   * Starts to listen.
   *
   * @throws IOException when the address is taken or not ours
   */
  public AdminServer(InetSocketAddress address, Readiness readiness, Metrics metrics)
      throws IOException {
    AdminPages pages = new AdminPages(readiness, metrics);
    this.listener =
        new HttpListener(
            "admin",
            address,
            MAX_CONNECTIONS,
            pipeline ->
                pipeline.addLast(
                    new ReadTimeoutHandler(MAX_REQUEST_SECONDS), new HttpServerCodec(), pages));
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }
}

package io.github.topologyxds.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class AdminServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Readiness readiness;
  private final Metrics metrics;
  private final HttpServer server;

  /** A thread for each connection: one that sends half a request must not hold up a probe. */
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts to listen.
   *
   * @throws IOException when the address is taken or not ours
   */
  public AdminServer(InetSocketAddress address, Readiness readiness, Metrics metrics)
      throws IOException {
    this.readiness = readiness;
    this.metrics = metrics;
    this.server = HttpServer.create(address, 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        answer(exchange, 405, "only GET is served\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/livez" -> answer(exchange, 200, "ok\n");
        case "/readyz" -> {
          int status = readiness.ready() ? 200 : 503;
          answer(exchange, status, readiness.text());
        }
        case "/metrics" -> answer(exchange, 200, metrics.scrape());
        default -> answer(exchange, 404, "there is /livez, /readyz and /metrics\n");
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", TEXT);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

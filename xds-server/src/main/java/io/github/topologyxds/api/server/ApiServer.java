package io.github.topologyxds.api.server;

import io.github.topologyxds.api.LoggersResource;
import io.github.topologyxds.api.Observed;
import io.github.topologyxds.api.OpenApiResource;
import io.github.topologyxds.api.Resources;
import io.github.topologyxds.csds.StatusServices;
import io.github.topologyxds.http.GrpcBehindHttp;
import io.github.topologyxds.http.HttpListener;
import io.github.topologyxds.page.Page;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@code /api/v1/} and CSDS (docs/api.md), on a port and threads of its own: whoever looks
 * keeps nobody from the probes, the metrics or the pushes.
 */
public final class ApiServer implements AutoCloseable {
  /** Those that watch, and as many requests as a few browsers and scripts have. */
  public static final int MAX_CONNECTIONS = Watchers.MAX_WATCHERS + 96;

  private static final int WORKERS = 2;
  private static final int MAX_WAITING = 64;
  private static final int MAX_BODY = 64 << 10;

  /** A page of a list begins behind a client's id, which may be long, and longer as a URL. */
  private static final int MAX_LINE = 32 << 10;

  private static final int MAX_HEADERS = 16 << 10;
  private static final int CHUNK = 8 << 10;

  /** A connection without a request; those that watch have said all. */
  private static final int IDLE_SECONDS = 60;

  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          new DefaultThreadFactory("api-answers", true));
  private final GrpcBehindHttp grpc;
  private final HttpListener listener;

  /**
   * Starts to listen.
   *
   * @param revisions of what can be watched
   * @throws IOException when the address is taken or not ours
   */
  public ApiServer(ApiSettings settings, Observed observed, Revisions revisions)
      throws IOException {
    LoggersResource loggers = new LoggersResource();
    Resources resources =
        observed
            .resources()
            .get("loggers", loggers)
            .get("loggers/*", loggers)
            .put("loggers/*", loggers)
            .get("openapi.json", new OpenApiResource());
    HostCheck hosts = new HostCheck(settings.hosts());
    ApiConnection.Site site =
        new ApiConnection.Site(hosts, resources, new Watchers(revisions), new Page(), workers);
    this.grpc =
        new GrpcBehindHttp(
            "api-grpc", StatusServices.of(observed.clients(), workers), new HostGuard(hosts));
    this.listener = listener(settings, site);
  }

  private HttpListener listener(ApiSettings settings, ApiConnection.Site site) throws IOException {
    try {
      return new HttpListener(
          "api", settings.address(), MAX_CONNECTIONS, p -> speak(p, site), grpc);
    } catch (IOException e) {
      grpc.close();
      throw e;
    }
  }

  private static void speak(ChannelPipeline pipeline, ApiConnection.Site site) {
    pipeline.addLast(
        new ReadTimeoutHandler(IDLE_SECONDS),
        new HttpServerCodec(MAX_LINE, MAX_HEADERS, CHUNK),
        new HttpServerKeepAliveHandler(),
        new HttpObjectAggregator(MAX_BODY, true),
        new FlowControlHandler(),
        new ApiConnection(site));
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
    grpc.close();
    workers.shutdownNow();
  }
}

package io.github.topologyxds.grpc;

import io.github.topologyxds.grpc.ads.AdsService;
import io.github.topologyxds.grpc.connection.Authentication;
import io.github.topologyxds.grpc.connection.Connections;
import io.github.topologyxds.grpc.connection.EventLoops;
import io.github.topologyxds.grpc.connection.Sessions;
import io.github.topologyxds.grpc.connection.SocketTransport;
import io.github.topologyxds.grpc.connection.Streams;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.grpc.library.SingleTypeServices;
import io.github.topologyxds.grpc.library.StreamInterceptor;
import io.github.topologyxds.grpc.lrs.LoadReporting;
import io.github.topologyxds.grpc.lrs.LrsService;
import io.github.topologyxds.logging.JdkLog;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.subscription.PushLimits;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The xDS server: discovery services, aggregated and of one type, and load reports on one port. */
public final class XdsServer implements AutoCloseable {
  private static final int THREADS = 2;

  /** A delta reconnect with 10,000 names and versions is 1 MB; leave room. */
  private static final int MAX_REQUEST = 4 << 20;

  private static final int MAX_HEADERS = 8 << 10;

  /** More are no client that changes its mind, but a flood (CVE-2023-44487). */
  private static final int RESETS = 200;

  private static final int RESET_SECONDS = 30;

  private static final Status STOPPING =
      Status.UNAVAILABLE.withDescription("topology-xds is stopping");

  private final EventLoops loops;
  private final Sessions sessions = new Sessions();
  private final DeliveryMetrics metrics;
  private final Server server;

  /**
   * Where and how to listen.
   *
   * @param ssl null: without TLS
   * @param authentication empty: what clients say of themselves counts
   */
  public record Port(
      InetSocketAddress address,
      XdsLimits limits,
      @Nullable SslContext ssl,
      Optional<Authentication.Parts> authentication) {
    /** One that asks nobody who they are. */
    public Port(InetSocketAddress address, XdsLimits limits, @Nullable SslContext ssl) {
      this(address, limits, ssl, Optional.empty());
    }

    /** One without TLS. */
    public Port(InetSocketAddress address) {
      this(address, XdsLimits.DEFAULT, null);
    }
  }

  /**
   * Starts to listen; no client is to report its load.
   *
   * @throws IOException when the address is taken or not ours
   */
  public XdsServer(Port port, ResourceStore store, DeliveryMetrics metrics) throws IOException {
    this(port, store, metrics, LoadReporting.OFF);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address is taken or not ours
   */
  public XdsServer(Port port, ResourceStore store, DeliveryMetrics metrics, LoadReporting reporting)
      throws IOException {
    JdkLog.intoOurs();
    SocketTransport sockets = SocketTransport.best();
    PushLimits pushes = PushLimits.every(port.limits().pushInterval());
    loops = new EventLoops(THREADS, sockets, store, metrics, pushes);
    this.metrics = metrics;
    Connections connections = new Connections(metrics, port.limits());
    Streams streams = new Streams(loops, sessions, connections, port.limits().stall());
    NettyServerBuilder builder =
        limited(NettyServerBuilder.forAddress(port.address()), port.limits())
            .channelFactory(() -> connections.listen(sockets))
            .bossEventLoopGroup(loops.boss())
            .workerEventLoopGroup(loops.workers())
            .withChildOption(ChannelOption.ALLOCATOR, ConnectionBuffers.of(THREADS))
            .intercept(connections.limitingStreams())
            .addTransportFilter(connections.limitingFrames(port.limits().controlFrames()))
            .directExecutor()
            .flowControlWindow(Connections.WAITING_WINDOW)
            .addService(new AdsService(store, metrics, streams).definition())
            .addService(new LrsService(store, reporting, streams).definition());
    builder.addServices(
        SingleTypeServices.definitions(new StreamInterceptor(store, metrics, streams)));
    port.authentication().ifPresent(parts -> builder.intercept(new Authentication(loops, parts)));
    if (port.ssl() != null) {
      builder.sslContext(port.ssl());
    }
    this.server = started(builder);
  }

  /**
   * What a client may do. A connection's age varies by a tenth, so that they do not end together.
   */
  private static NettyServerBuilder limited(NettyServerBuilder builder, XdsLimits limits) {
    return builder
        .maxConcurrentCallsPerConnection(Connections.STREAMS)
        .maxInboundMessageSize(MAX_REQUEST)
        .maxInboundMetadataSize(MAX_HEADERS)
        .maxRstFramesPerWindow(RESETS, RESET_SECONDS)
        .handshakeTimeout(limits.handshake().toNanos(), TimeUnit.NANOSECONDS)
        .maxConnectionIdle(limits.idle().toNanos(), TimeUnit.NANOSECONDS)
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        // A client that has stopped is found within 45 seconds.
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .maxConnectionAge(30, TimeUnit.MINUTES)
        .maxConnectionAgeGrace(10, TimeUnit.SECONDS);
  }

  private Server started(NettyServerBuilder builder) throws IOException {
    try {
      return builder.build().start();
    } catch (IOException e) {
      loops.close();
      throw e;
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return server.getPort();
  }

  /** Returns who is connected, for those who ask. */
  public ConnectedClients clients() {
    return loops;
  }

  /** Tells every stream what was published. */
  public void publish(ResourceUpdate update) {
    loops.publish(update);
  }

  /**
   * Takes no more connections, and closes the streams one after the other. Until its turn comes, a
   * stream is told of changes as ever.
   */
  public void drain(Duration longest) {
    server.shutdown();
    try {
      sessions.closeSpread(STOPPING, longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes every stream; clients keep what they have and come back elsewhere. */
  @Override
  public void close() {
    server.shutdown();
    sessions.closeAll(STOPPING);
    try {
      server.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.shutdownNow();
    loops.close();
    metrics.finishClientLog();
  }
}

package io.github.topologyxds.http;

import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gRPC server without a port of its own: it is handed those connections of an {@link
 * HttpListener} on which gRPC is spoken. It listens inside the process, and the bytes of such a
 * connection are relayed to it, so that gRPC's library reads them as it reads its own. It has one
 * thread.
 */
public final class GrpcBehindHttp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcBehindHttp.class);

  private static final int MAX_REQUEST_BYTES = 64 << 10;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int CALLS_PER_CONNECTION = 8;
  private static final int IDLE_SECONDS = 60;

  /** A client that takes nothing for so long of what was written is cut. */
  private static final int WRITE_LIMIT_SECONDS = 10;

  /** More are no client that changes its mind, but a flood (CVE-2023-44487). */
  private static final int RESETS = 200;

  private static final int RESET_SECONDS = 30;

  private final LocalAddress address = new LocalAddress(GrpcBehindHttp.class);
  private final EventLoopGroup thread;
  private final Server server;

  /**
   * Starts it.
   *
   * @param name of its thread
   * @param guard refuses calls
   */
  public GrpcBehindHttp(
      String name, List<ServerServiceDefinition> services, ServerInterceptor guard)
      throws IOException {
    this.thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name, true), LocalIoHandler.newFactory());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .channelType(LocalServerChannel.class)
            .bossEventLoopGroup(thread)
            .workerEventLoopGroup(thread)
            // gRPC sets it for sockets; null takes it back (Netty's ServerBootstrap).
            .withChildOption(ChannelOption.SO_KEEPALIVE, null)
            .directExecutor()
            .intercept(guard)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .maxInboundMetadataSize(MAX_HEADER_BYTES)
            .maxRstFramesPerWindow(RESETS, RESET_SECONDS)
            .maxConnectionIdle(IDLE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    this.server = builder.addServices(services).build().start();
  }

  /**
   * Takes a connection over.
   *
   * @param reader has read the connection's first bytes, and passes them on when it is removed
   */
  void take(ChannelHandlerContext reader) {
    Channel client = reader.channel();
    client.config().setAutoRead(false);
    client.pipeline().addFirst(new WriteTimeoutHandler(WRITE_LIMIT_SECONDS));
    Bootstrap bootstrap =
        new Bootstrap()
            .group(thread)
            .channel(LocalChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel inside) {
                    inside.pipeline().addLast(new Relay(client));
                  }
                });
    ChannelFuture connecting = bootstrap.connect(address);
    var unused =
        connecting.addListener(
            connected -> client.eventLoop().execute(() -> relay(connecting, reader)));
  }

  private static void relay(ChannelFuture connected, ChannelHandlerContext reader) {
    Channel client = reader.channel();
    if (!connected.isSuccess()) {
      LOG.debug("a connection cannot be handed over", connected.cause());
      var unused = client.close();
      return;
    }
    Channel inside = connected.channel();
    client.pipeline().addAfter(reader.name(), null, new Relay(inside));
    reader.pipeline().remove(reader.handler());
    inside.read();
    if (!client.isActive()) {
      var unused = inside.close();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    var unused =
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}

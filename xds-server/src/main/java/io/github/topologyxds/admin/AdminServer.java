package io.github.topologyxds.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics}, to whoever asks under whatever name.
 * It has a thread of its own, and of its connections the oldest makes room for the newest: a probe
 * is answered however many there are, here or at the xDS port.
 */
public final class AdminServer implements AutoCloseable {
  /** A probe or a scrape takes one for a moment; the xDS port leaves room for these. */
  public static final int MAX_CONNECTIONS = 32;

  private static final int MAX_REQUEST_SECONDS = 10;

  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("admin", true), NioIoHandler.newFactory());

  /** Oldest first. Owner: the thread. */
  private final Set<Channel> open = new LinkedHashSet<>();

  private final Channel server;

  /**
   * Starts to listen.
   *
   * @throws IOException when the address is taken or not ours
   */
  public AdminServer(InetSocketAddress address, Readiness readiness, Metrics metrics)
      throws IOException {
    AdminPages pages = new AdminPages(readiness, metrics);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connections(pages));
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close(thread);
      throw new IOException("the admin port is not open", bound.cause());
    }
    this.server = bound.channel();
  }

  private final class Connections extends ChannelInitializer<Channel> {
    private final AdminPages pages;

    Connections(AdminPages pages) {
      this.pages = pages;
    }

    @Override
    protected void initChannel(Channel connection) {
      if (open.size() >= MAX_CONNECTIONS) {
        Channel oldest = open.iterator().next();
        open.remove(oldest);
        var unused = oldest.close();
      }
      open.add(connection);
      var unused = connection.closeFuture().addListener(closed -> open.remove(connection));
      connection
          .pipeline()
          .addLast(new ReadTimeoutHandler(MAX_REQUEST_SECONDS), new HttpServerCodec(), pages);
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  @Override
  public void close() {
    close(thread);
  }

  private static void close(EventLoopGroup thread) {
    var unused =
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}

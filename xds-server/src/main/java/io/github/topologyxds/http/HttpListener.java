package io.github.topologyxds.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port that speaks HTTP/1.1, and gRPC if there is a server for that. It has a thread of its own,
 * and of its connections the oldest makes room for the newest: who comes is answered however many
 * there are, here or at the xDS port.
 */
public final class HttpListener implements AutoCloseable {
  /** A connection on which nothing has been said yet. */
  private static final int SILENT_SECONDS = 60;

  private final String name;
  private final int mostConnections;
  private final EventLoopGroup thread;

  /** Oldest first. Owner: the thread. */
  private final Set<Channel> open = new LinkedHashSet<>();

  private final Channel server;

  /**
   * Starts to listen.
   *
   * @param name of the port and of its thread
   * @param mostConnections one beyond them ends the oldest
   * @param handlers adds what reads and answers the bytes of a connection, on the thread
   * @throws IOException when the address is taken or not ours
   */
  public HttpListener(
      String name,
      InetSocketAddress address,
      int mostConnections,
      Consumer<ChannelPipeline> handlers)
      throws IOException {
    this(name, address, mostConnections, handlers, null);
  }

  /**
   * Starts to listen.
   *
   * @param name of the port and of its thread
   * @param mostConnections one beyond them ends the oldest
   * @param handlers adds what reads and answers the bytes of a connection, on the thread
   * @param grpc is handed the connections on which HTTP/2 is spoken; it is closed by whoever made
   *     it. Null: it is not spoken here.
   * @throws IOException when the address is taken or not ours
   */
  public HttpListener(
      String name,
      InetSocketAddress address,
      int mostConnections,
      Consumer<ChannelPipeline> handlers,
      @Nullable GrpcBehindHttp grpc)
      throws IOException {
    this.name = name;
    this.mostConnections = mostConnections;
    this.thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connections(grpc == null ? handlers : detecting(handlers, grpc)));
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new IOException("the " + name + " port is not open", bound.cause());
    }
    this.server = bound.channel();
  }

  private Consumer<ChannelPipeline> detecting(
      Consumer<ChannelPipeline> http1, GrpcBehindHttp grpc) {
    Consumer<ChannelPipeline> readable =
        connection -> {
          http1.accept(connection);
          connection.addLast(new ConnectionFailure(name));
        };
    return connection ->
        connection.addLast(
            new ReadTimeoutHandler(SILENT_SECONDS), new ProtocolDetector(readable, grpc::take));
  }

  private final class Connections extends ChannelInitializer<Channel> {
    private final Consumer<ChannelPipeline> handlers;

    Connections(Consumer<ChannelPipeline> handlers) {
      this.handlers = handlers;
    }

    @Override
    protected void initChannel(Channel connection) {
      if (open.size() >= mostConnections) {
        Channel oldest = open.iterator().next();
        open.remove(oldest);
        var unused = oldest.close();
      }
      open.add(connection);
      var unused = connection.closeFuture().addListener(closed -> open.remove(connection));
      handlers.accept(connection.pipeline());
      connection.pipeline().addLast(new ConnectionFailure(name));
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  @Override
  public void close() {
    var unused =
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}

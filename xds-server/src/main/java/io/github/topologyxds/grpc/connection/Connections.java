package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.Departure;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections, by the client's address. gRPC gives no hand on them, but these need one: to
 * see whether a stream's bytes still leave, to end a connection whose client takes none, as a
 * stream's end would wait behind the bytes that it does not take, to count the frames that come, to
 * hear of TLS that fails, and to have only so many.
 */
public final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final DeliveryMetrics metrics;
  private final int most;
  private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>();

  /**
   * None are open.
   *
   * @param most a connection beyond so many is closed at once
   */
  public Connections(DeliveryMetrics metrics, int most) {
    this.metrics = metrics;
    this.most = most;
  }

  /** A server's channel that has the connections it accepts noted here. */
  public ServerChannel listen(SocketTransport sockets) {
    ServerChannel channel = sockets.channel();
    channel.pipeline().addLast(new Accepted());
    return channel;
  }

  @Nullable Connection of(@Nullable SocketAddress client) {
    return client == null ? null : open.get(client);
  }

  /** Holds every connection to this many control frames, see {@link FrameLimit}. */
  public ServerTransportFilter limitingFrames(int limit) {
    return new ServerTransportFilter() {
      // Called when the client's first SETTINGS frame is read.
      @Override
      public Attributes transportReady(Attributes attributes) {
        Connection connection = of(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        if (connection != null) {
          connection.limitFrames(limit);
        }
        return attributes;
      }
    };
  }

  @Sharable
  private final class Accepted extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel accepted = (Channel) message;
      SocketAddress client = accepted.remoteAddress();
      if (open.size() >= most) {
        refuse(accepted);
        return;
      }
      Connection connection = new Connection();
      accepted.pipeline().addFirst(connection, new HandshakeWatch(metrics));
      if (client != null) {
        open.put(client, connection);
        var unused = accepted.closeFuture().addListener(f -> open.remove(client, connection));
      }
      context.fireChannelRead(message);
    }

    /** It has no event loop yet, so there is nothing that could close it in good order. */
    private void refuse(Channel accepted) {
      metrics.connectionRefused();
      SocketAddress client = accepted.remoteAddress();
      CurrentClient.causes(
          client,
          () -> LOG.warn("{} connections are open, and no more are taken: {}", most, client));
      accepted.unsafe().closeForcibly();
    }
  }

  /** Next to the socket, below TLS. Owner: the connection's event loop. */
  static final class Connection extends ChannelDuplexHandler {
    private long bytesOut;
    private boolean stalled;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Http2ConnectionHandler http2;
    private Http2Connection.@Nullable PropertyKey clientKey;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object bytes) {
      CurrentClient.is(from.channel().remoteAddress());
      try {
        from.fireChannelRead(bytes);
      } finally {
        CurrentClient.is(null);
      }
    }

    @Override
    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
      if (message instanceof ByteBuf bytes) {
        bytesOut += bytes.readableBytes();
      }
      var unused = to.write(message, promise);
    }

    /** Returns how many bytes HTTP/2 has let go so far. */
    long bytesOut() {
      return bytesOut;
    }

    private void limitFrames(int limit) {
      if (context != null) {
        // Above TLS, where frames are frames: gRPC lets in no handler of ours there.
        http2 = context.pipeline().get(Http2ConnectionHandler.class);
        clientKey = http2.connection().newKey();
        Http2ConnectionDecoder decoder = http2.decoder();
        decoder.frameListener(new FrameLimit(decoder.frameListener(), this, limit));
      }
    }

    /**
     * Returns the client of the stream that was opened last. gRPC does not tell a call's stream,
     * but starts the call in the middle of the frame that opens it.
     */
    @Nullable StreamClient newestStream() {
      if (http2 == null || clientKey == null) {
        return null;
      }
      Http2Stream stream =
          http2.connection().stream(http2.connection().remote().lastStreamCreated());
      if (stream == null) {
        return null;
      }
      StreamClient client = new StreamClient(this, http2.encoder().flowController(), stream);
      stream.setProperty(clientKey, client);
      return client;
    }

    /** A WINDOW_UPDATE has come; stream 0 is the connection. */
    void granted(int streamId, int bytes) {
      Http2Stream stream = http2 == null ? null : http2.connection().stream(streamId);
      StreamClient client =
          stream == null || clientKey == null ? null : stream.getProperty(clientKey);
      if (client != null) {
        client.granted(bytes);
      }
    }

    /** Returns why a stream on it has ended that neither side has closed in good order. */
    Departure departure() {
      if (stalled) {
        return Departure.STALLED;
      }
      if (http2 != null && http2.connection().goAwaySent()) {
        return Departure.CONNECTION_ENDED;
      }
      return context != null && context.channel().isActive()
          ? Departure.CANCELLED
          : Departure.CONNECTION_LOST;
    }

    /** Ends it now, without a word: nothing that was said would be read. */
    void abort() {
      stalled = true;
      if (context != null) {
        // From here it does not pass gRPC's handler, which would wait for the streams.
        var unused = context.close();
      }
    }
  }
}

package io.github.topologyxds.delivery.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, by the client's address. gRPC gives no hand on them, but two things need
 * one: to see whether bytes still leave, and to end a connection whose client takes none, as a
 * stream's end would wait behind the bytes that it does not take.
 */
final class Connections {
  private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>();

  /** A server's channel that has the connections it accepts noted here. */
  ServerChannel listen(SocketTransport sockets) {
    ServerChannel channel = sockets.channel();
    channel.pipeline().addLast(new Accepted());
    return channel;
  }

  @Nullable Connection of(@Nullable SocketAddress client) {
    return client == null ? null : open.get(client);
  }

  @Sharable
  private final class Accepted extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      SocketAddress client = ((Channel) message).remoteAddress();
      Connection connection = new Connection();
      ((Channel) message).pipeline().addFirst(connection);
      if (client != null) {
        open.put(client, connection);
        var unused =
            ((Channel) message).closeFuture().addListener(f -> open.remove(client, connection));
      }
      context.fireChannelRead(message);
    }
  }

  /** Next to the socket, below TLS. Owner: the connection's event loop. */
  static final class Connection extends ChannelOutboundHandlerAdapter {
    private long bytesOut;
    private @Nullable ChannelHandlerContext context;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    @Override
    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
      if (message instanceof ByteBuf bytes) {
        bytesOut += bytes.readableBytes();
      }
      var unused = to.write(message, promise);
    }

    /** Returns how many bytes HTTP/2 has let go so far; a client that takes none has it hold. */
    long bytesOut() {
      return bytesOut;
    }

    /** Ends it now, without a word: nothing that was said would be read. */
    void abort() {
      if (context != null) {
        // From here it does not pass gRPC's handler, which would wait for the streams.
        var unused = context.close();
      }
    }
  }
}

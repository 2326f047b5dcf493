package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.grpc.limits.ConnectionCharge;
import io.github.topologyxds.grpc.limits.RequestPace;
import io.github.topologyxds.grpc.limits.RequestWatch;
import io.github.topologyxds.grpc.limits.UnfinishedRequests;
import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.session.ClientLimit;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.Departure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Stream;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: next to the socket, below TLS.
 *
 * <p>Owner: the connection's event loop.
 */
final class Connection extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final ConnectionStreams streams = new ConnectionStreams();
  private final ConnectionCharge charge;
  private final RequestPace pace = new RequestPace(System::nanoTime);
  private boolean paused;
  private long bytesOut;
  private @Nullable Departure aborted;
  private UnfinishedRequests.@Nullable Share requests;
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable Http2ConnectionHandler http2;
  private Http2Connection.@Nullable PropertyKey clientKey;

  Connection(ConnectionCharge charge) {
    this.charge = charge;
  }

  /** Returns whom it counts for. */
  ConnectionCharge charge() {
    return charge;
  }

  /** Its requests count there. */
  void charge(UnfinishedRequests.Share share) {
    requests = share;
  }

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

  /** Returns its streams, begun and not. */
  ConnectionStreams streams() {
    return streams;
  }

  /**
   * A stream that waits for its turn may hold {@link Connections#WAITING_WINDOW} of what its client
   * sends, and there is room for that beside the others'.
   */
  private void makeRoomForWaiting() {
    if (http2 != null) {
      widen(http2.connection().connectionStream(), Connections.ROOM_FOR_WAITING);
    }
  }

  /** The requests of a stream may come in large pieces from now on. */
  void widen(Http2Stream stream) {
    widen(stream, Connections.REQUEST_WINDOW);
  }

  private void widen(Http2Stream stream, int bytes) {
    try {
      if (http2 != null && context != null) {
        http2.decoder().flowController().incrementWindowSize(stream, bytes);
        context.channel().flush();
      }
    } catch (Http2Exception e) {
      throw new IllegalStateException("no more may be granted", e);
    }
  }

  /** Returns how many bytes HTTP/2 has let go so far. */
  long bytesOut() {
    return bytesOut;
  }

  void limitFrames(int limit) {
    if (context != null) {
      // Above TLS, where frames are frames: gRPC lets in no handler of ours there.
      http2 = context.pipeline().get(Http2ConnectionHandler.class);
      clientKey = http2.connection().newKey();
      Http2ConnectionDecoder decoder = http2.decoder();
      Http2FrameListener counted = new FrameLimit(decoder.frameListener(), this, limit);
      decoder.frameListener(
          requests == null ? counted : new RequestWatch(counted, http2.connection(), requests));
      makeRoomForWaiting();
    }
  }

  /**
   * Returns the client of the stream that was opened last. gRPC does not tell a call's stream, but
   * starts the call in the middle of the frame that opens it.
   */
  @Nullable StreamClient newestStream() {
    if (http2 == null || clientKey == null) {
      return null;
    }
    Http2Stream stream = http2.connection().stream(http2.connection().remote().lastStreamCreated());
    if (stream == null) {
      return null;
    }
    StreamClient client = new StreamClient(this, http2.encoder().flowController(), stream);
    stream.setProperty(clientKey, client);
    return client;
  }

  /** A WINDOW_UPDATE has come; stream 0 is the connection. */
  void granted(int streamId, int bytes) {
    StreamClient client = client(streamId);
    if (client != null) {
      client.granted(bytes);
    }
  }

  /** A small frame has come; returns whether what its stream has asked makes up for it. */
  boolean owes(int streamId) {
    StreamClient client = client(streamId);
    return client != null && client.isOwed();
  }

  private @Nullable StreamClient client(int streamId) {
    Http2Stream stream = http2 == null ? null : http2.connection().stream(streamId);
    return stream == null || clientKey == null ? null : stream.getProperty(clientKey);
  }

  /** A stream has asked for more: whoever does that too fast is read later, and not ended. */
  void asked() {
    pace.asked();
    if (!paused && pace.rest() > 0) {
      paused = true;
      readLater();
    }
  }

  /** Nothing lies here meanwhile: what comes stays in the sockets' buffers, then at the client. */
  private void readLater() {
    ChannelHandlerContext here = context;
    long rest = pace.rest();
    paused = rest > 0;
    if (here != null) {
      here.channel().config().setAutoRead(!paused);
      if (paused) {
        var unused = here.executor().schedule(this::readLater, rest, TimeUnit.NANOSECONDS);
      }
    }
  }

  /** Returns why a stream on it has ended that neither side has closed in good order. */
  Departure departure() {
    if (aborted != null) {
      return aborted;
    }
    if (http2 != null && http2.connection().goAwaySent()) {
      return Departure.CONNECTION_ENDED;
    }
    return context != null && context.channel().isActive()
        ? Departure.CANCELLED
        : Departure.CONNECTION_LOST;
  }

  /** It has most of the requests that are not complete, and there are too many. Any thread. */
  void endForRequests(DeliveryMetrics metrics, @Nullable SocketAddress client) {
    metrics.limited(ClientLimit.UNFINISHED_REQUESTS);
    CurrentClient.causes(
        client,
        () ->
            LOG.warn(
                "requests that are not complete take too much: the connection with most of them"
                    + " is closed: {}",
                client));
    ChannelHandlerContext there = context;
    if (there != null) {
      there
          .executor()
          .execute(() -> abort(Departure.refused("too much of requests that are not complete")));
    }
  }

  /** Ends it now, without a word: nothing that was said would be read. */
  void abort() {
    abort(Departure.STALLED);
  }

  private void abort(Departure why) {
    aborted = why;
    if (context != null) {
      // From here it does not pass gRPC's handler, which would wait for the streams.
      var unused = context.close();
    }
  }
}

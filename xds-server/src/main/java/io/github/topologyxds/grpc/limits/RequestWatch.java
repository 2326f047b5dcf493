package io.github.topologyxds.grpc.limits;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Counts what lies here of requests that are not complete: gRPC keeps it until the rest comes.
 *
 * <p>Owner: the connection's event loop.
 */
public final class RequestWatch extends Http2FrameListenerDecorator {
  private final Http2Connection connection;
  private final Http2Connection.PropertyKey key;
  private final UnfinishedRequests.Share share;

  /**
   * A watch over one connection's requests.
   *
   * @param next gets every frame afterwards
   * @param share what the connection holds of unfinished requests
   */
  public RequestWatch(
      Http2FrameListener next, Http2Connection connection, UnfinishedRequests.Share share) {
    super(next);
    this.connection = connection;
    this.key = connection.newKey();
    this.share = share;
    connection.addListener(
        new Http2ConnectionAdapter() {
          @Override
          public void onStreamClosed(Http2Stream stream) {
            RequestFraming framing = stream.removeProperty(key);
            if (framing != null) {
              share.add(-framing.held());
            }
          }
        });
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    Http2Stream stream = connection.stream(streamId);
    if (stream != null) {
      RequestFraming framing = stream.getProperty(key);
      if (framing == null) {
        framing = new RequestFraming();
        stream.setProperty(key, framing);
      }
      long before = framing.held();
      framing.read(data);
      share.add(framing.held() - before);
    }
    return super.onDataRead(context, streamId, data, padding, end);
  }
}

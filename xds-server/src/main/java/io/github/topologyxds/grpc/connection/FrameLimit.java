package io.github.topologyxds.grpc.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a connection that floods us with frames which cost us work and say nothing: SETTINGS, PING,
 * PRIORITY, WINDOW_UPDATE, their acknowledgements, unknown ones, and DATA of a few bytes
 * (CVE-2019-9511 to 9518). gRPC counts pings, resets, and answers that are not taken, but not
 * these, and none of Netty's own limits is in force with gRPC. HEADERS need no limit here: gRPC has
 * one for open streams and one for resets.
 *
 * <p>The more a client is sent the more it may say: window updates, pings that measure, ACKs. What
 * it is sent in answer to a flood does not keep that going: an answer has less than {@link
 * #BYTES_OUT_PER_FRAME}. So does each stream that it opens, of which there are only so many: it
 * says what it wants before it is sent anything. And so does each request that asks for more, for
 * the frames of its own stream: an application that makes up hosts has its sidecar send nothing
 * else. Ended, that comes back and names them all again; so it is read later, if it asks too fast
 * ({@link io.github.topologyxds.grpc.limits.RequestPace}).
 *
 * <p>Owner: the connection's event loop.
 */
final class FrameLimit extends Http2FrameListenerDecorator {
  private static final Logger LOG = LoggerFactory.getLogger(FrameLimit.class);

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * Every frame of a request that is still incomplete stays in memory with an object of its own.
   */
  private static final int SMALL_DATA = 256;

  /** The shortest response is longer; an acknowledged ping has 17, or 46 with TLS. */
  private static final int BYTES_OUT_PER_FRAME = 64;

  /** A short first request, and the answer to what comes of it. */
  private static final int FRAMES_OF_A_STREAM = 2;

  private final Connection connection;
  private final int limit;
  private long windowStart = System.nanoTime();
  private long bytesOutBefore;
  private int frames;
  private int streams;

  FrameLimit(Http2FrameListener next, Connection connection, int limit) {
    super(next);
    this.connection = connection;
    this.limit = limit;
    this.bytesOutBefore = connection.bytesOut();
  }

  private void count() throws Http2Exception {
    long now = System.nanoTime();
    if (now - windowStart > WINDOW_NANOS) {
      windowStart = now;
      bytesOutBefore = connection.bytesOut();
      frames = 0;
      streams = 0;
    }
    frames++;
    long more =
        (connection.bytesOut() - bytesOutBefore) / BYTES_OUT_PER_FRAME
            + (long) streams * FRAMES_OF_A_STREAM;
    if (frames - limit > more) {
      LOG.info("a client has sent {} frames that say nothing: its connection is closed", frames);
      throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too_many_frames");
    }
  }

  /** In the form that Netty's decoder calls. */
  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int parent,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    streams++;
    super.onHeadersRead(context, stream, headers, parent, weight, exclusive, padding, end);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    if (data.readableBytes() < SMALL_DATA && !connection.owes(stream)) {
      count();
    }
    return super.onDataRead(context, stream, data, padding, end);
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext context, int stream, int parent, short weight, boolean exclusive)
      throws Http2Exception {
    count();
    super.onPriorityRead(context, stream, parent, weight, exclusive);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    count();
    super.onSettingsRead(context, settings);
  }

  @Override
  public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
    count();
    super.onSettingsAckRead(context);
  }

  @Override
  public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
    count();
    super.onPingRead(context, data);
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
    count();
    super.onPingAckRead(context, data);
  }

  @Override
  public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment)
      throws Http2Exception {
    count();
    connection.granted(stream, increment);
    super.onWindowUpdateRead(context, stream, increment);
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext context, byte type, int stream, Http2Flags flags, ByteBuf payload)
      throws Http2Exception {
    count();
    super.onUnknownFrame(context, type, stream, flags, payload);
  }
}

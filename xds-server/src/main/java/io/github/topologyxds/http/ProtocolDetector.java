package io.github.topologyxds.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sees by a connection's first bytes whether HTTP/2 or HTTP/1.1 is spoken on it. A client of HTTP/2
 * that knows of it beforehand, as gRPC's do, begins with a preface that is no request of HTTP/1.1
 * (RFC 9113, 3.4). Browsers never do that without TLS.
 */
final class ProtocolDetector extends ByteToMessageDecoder {
  private static final ByteBuf PREFACE =
      Unpooled.unreleasableBuffer(
              Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII))
          .asReadOnly();

  private final Consumer<ChannelPipeline> http1;
  private final Consumer<ChannelHandlerContext> http2;
  private boolean detected;

  /**
   * Waits for the first bytes.
   *
   * @param http1 adds what reads them
   * @param http2 adds what reads them, now or later, and then removes the given handler, which
   *     passes them on
   */
  ProtocolDetector(Consumer<ChannelPipeline> http1, Consumer<ChannelHandlerContext> http2) {
    this.http1 = http1;
    this.http2 = http2;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (detected) {
      return;
    }
    int seen = Math.min(in.readableBytes(), PREFACE.readableBytes());
    if (!ByteBufUtil.equals(in, in.readerIndex(), PREFACE, PREFACE.readerIndex(), seen)) {
      detected = true;
      context.pipeline().remove(ReadTimeoutHandler.class);
      http1.accept(context.pipeline());
      context.pipeline().remove(this);
    } else if (seen == PREFACE.readableBytes()) {
      detected = true;
      context.pipeline().remove(ReadTimeoutHandler.class);
      http2.accept(context);
    }
  }
}

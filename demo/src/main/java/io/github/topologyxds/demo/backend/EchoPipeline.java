package io.github.topologyxds.demo.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;

/** Finds out whether a connection talks HTTP/2 or HTTP/1.1, and treats both alike after that. */
final class EchoPipeline extends ChannelInitializer<Channel> {
  private static final int MAX_BODY = 8 << 20;

  private final EchoBackend backend;

  EchoPipeline(EchoBackend backend) {
    this.backend = backend;
  }

  @Override
  protected void initChannel(Channel connection) {
    backend.opened(connection);
    connection.pipeline().addLast(new ProtocolDetector());
  }

  /** An HTTP/2 client that knows what it talks to begins with the preface of RFC 9113, 3.4. */
  private final class ProtocolDetector extends ByteToMessageDecoder {
    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      int known = Math.min(in.readableBytes(), preface.readableBytes());
      boolean http2 =
          ByteBufUtil.equals(in, in.readerIndex(), preface, preface.readerIndex(), known);
      if (http2 && known < preface.readableBytes()) {
        return;
      }
      ChannelPipeline pipeline = context.pipeline();
      if (http2) {
        pipeline.addLast(Http2FrameCodecBuilder.forServer().build());
        pipeline.addLast(new Http2MultiplexHandler(new StreamPipeline()));
      } else {
        pipeline.addLast(new HttpServerCodec());
        addEcho(pipeline);
      }
      pipeline.remove(this);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
      preface.release();
    }
  }

  private final class StreamPipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
      addEcho(stream.pipeline());
    }
  }

  private void addEcho(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpObjectAggregator(MAX_BODY)).addLast(new EchoHandler(backend));
  }
}

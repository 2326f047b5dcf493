package io.github.topologyxds.demo.backend;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.HttpConversionUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts a whole request and does with it what the backend's behaviour says. */
final class EchoHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String STREAM_ID =
      HttpConversionUtil.ExtensionHeaderNames.STREAM_ID.text().toString();

  private final EchoBackend backend;

  /** What becomes of the connection when a request over HTTP/1 is answered. */
  private enum Afterwards {
    KEEP,
    CLOSE
  }

  EchoHandler(EchoBackend backend) {
    this.backend = backend;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String client = request.headers().get(EchoBackend.CLIENT_HEADER, "");
    Afterwards then = HttpUtil.isKeepAlive(request) ? Afterwards.KEEP : Afterwards.CLOSE;
    switch (backend.count(client)) {
      case Behaviour.Ok() -> answer(context, response(request, HttpResponseStatus.OK), then);
      case Behaviour.Status(int code) ->
          answer(context, response(request, HttpResponseStatus.valueOf(code)), then);
      case Behaviour.ReadAndClose() -> {
        var unused = connectionOf(context.channel()).close();
      }
      case Behaviour.Slow(var delay) -> {
        FullHttpResponse response = response(request, HttpResponseStatus.OK);
        var unused =
            context
                .executor()
                .schedule(
                    () -> answer(context, response, then), delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A client that went away, or one that does not talk HTTP: nothing that a backend can mend.
    var unused = context.close();
  }

  private static void answer(
      ChannelHandlerContext context, FullHttpResponse response, Afterwards then) {
    var written = context.writeAndFlush(response);
    if (then == Afterwards.CLOSE && !(context.channel() instanceof Http2StreamChannel)) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private FullHttpResponse response(FullHttpRequest request, HttpResponseStatus status) {
    byte[] name = backend.spec().name().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(name));
    response.headers().set(EchoBackend.BACKEND_HEADER, backend.spec().name());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, name.length);
    @Nullable String stream = request.headers().get(STREAM_ID);
    if (stream != null) {
      response.headers().set(STREAM_ID, stream);
    }
    return response;
  }

  /** An HTTP/2 stream's parent is its connection; a connection's parent is the listening socket. */
  private static Channel connectionOf(Channel channel) {
    return channel instanceof Http2StreamChannel stream ? stream.parent() : channel;
  }
}

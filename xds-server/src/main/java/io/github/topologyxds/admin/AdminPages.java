package io.github.topologyxds.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;

/** What the admin port answers: one request for each connection. */
@Sharable
final class AdminPages extends SimpleChannelInboundHandler<HttpObject> {
  private final Readiness readiness;
  private final Metrics metrics;

  private record Page(HttpResponseStatus status, String body) {
    static Page ok(String body) {
      return new Page(HttpResponseStatus.OK, body);
    }
  }

  AdminPages(Readiness readiness, Metrics metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpRequest request) {
      answer(context, request, page(request));
    }
  }

  private Page page(HttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return new Page(HttpResponseStatus.BAD_REQUEST, "that is no HTTP request\n");
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return new Page(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are served\n");
    }
    return switch (new QueryStringDecoder(request.uri()).path()) {
      case "/livez" -> Page.ok("ok\n");
      case "/readyz" ->
          new Page(
              readiness.ready() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
              readiness.text());
      case "/metrics" -> Page.ok(metrics.scrape());
      default -> new Page(HttpResponseStatus.NOT_FOUND, "there is /livez, /readyz and /metrics\n");
    };
  }

  /** HEAD gets the headers of GET, the length among them, and no body (RFC 9110, 9.3.2). */
  private static void answer(ChannelHandlerContext context, HttpRequest request, Page page) {
    ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), page.body());
    int length = body.readableBytes();
    boolean bodiless = request.method().equals(HttpMethod.HEAD);
    if (bodiless) {
      body.release();
    }
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, page.status(), bodiless ? Unpooled.EMPTY_BUFFER : body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (page.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    var unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}

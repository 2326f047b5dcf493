package io.github.topologyxds.demo;

import io.github.topologyxds.demo.backend.EchoBackend;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** HTTP/2 without TLS and without an upgrade, which the JDK's client cannot do. */
final class PriorKnowledgeClient {
  private static final EventLoopGroup LOOP =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("h2-client", true), NioIoHandler.newFactory());

  private PriorKnowledgeClient() {}

  /** Sends so many requests on one connection; returns the x-backend of each answer. */
  static List<String> ask(InetSocketAddress address, int requests) throws Exception {
    Channel connection =
        new Bootstrap()
            .group(LOOP)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(Http2FrameCodecBuilder.forClient().build());
                    channel.pipeline().addLast(new Http2MultiplexHandler(new Ignored()));
                  }
                })
            .connect(address)
            .sync()
            .channel();
    List<String> backends = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      backends.add(ask(connection));
    }
    connection.close().sync();
    return backends;
  }

  private static String ask(Channel connection) throws Exception {
    CompletableFuture<String> backend = new CompletableFuture<>();
    Channel stream = new Http2StreamChannelBootstrap(connection).open().sync().getNow();
    stream
        .pipeline()
        .addLast(new Http2StreamFrameToHttpObjectCodec(false))
        .addLast(new HttpObjectAggregator(1 << 16))
        .addLast(
            new SimpleChannelInboundHandler<FullHttpResponse>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
                backend.complete(answer.headers().get(EchoBackend.BACKEND_HEADER));
              }
            });
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    request.headers().set("host", "any");
    stream.writeAndFlush(request).sync();
    return backend.get(5, TimeUnit.SECONDS);
  }

  /** For streams that the server would open; it opens none. */
  private static final class Ignored extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {}
  }
}

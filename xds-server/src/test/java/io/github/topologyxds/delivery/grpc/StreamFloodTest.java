package io.github.topologyxds.delivery.grpc;

import static io.github.topologyxds.delivery.SmallWorld.cluster;
import static io.github.topologyxds.delivery.SmallWorld.service;
import static io.github.topologyxds.delivery.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.xds.ResourceType;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Floods of streams on one connection: it ends, or they are refused; the others notice nothing. */
class StreamFloodTest {
  private static final int STREAMS = 10_000;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully().awaitUninterruptibly();
  }

  @Test
  void rapidResetEndsTheConnection() throws Exception {
    flood(true);
  }

  @Test
  void tenThousandStreamsAreNotServed() throws Exception {
    flood(false);
  }

  private void flood(boolean reset) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream good = server.openDelta(ServerUnderTest.on("node-a"))) {
      good.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      good.accept(ResourceType.ENDPOINT);
      Channel attacker = connect(server);
      for (int i = 0; i < STREAMS && attacker.isActive(); i++) {
        open(attacker, reset);
      }
      if (reset) {
        await().until(() -> !attacker.isActive());
      }
      assertThat(server.metrics().streams()).isBetween(0, 1 + XdsServer.STREAMS_PER_CONNECTION);

      server.put(slice("cart", "zone-a", "10.0.0.9"));
      assertThat(good.accept(ResourceType.ENDPOINT).names()).containsExactly(cluster("cart"));
      attacker.close().sync();
      await().until(() -> server.metrics().streams() == 1);
    }
  }

  private Channel connect(ServerUnderTest server) throws InterruptedException {
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(Http2FrameCodecBuilder.forClient().build())
                    .addLast(new Http2MultiplexHandler(new Ignored()));
              }
            })
        .connect(server.address())
        .sync()
        .channel();
  }

  private static void open(Channel connection, boolean reset) throws InterruptedException {
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .authority("xds")
            .path("/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources")
            .add("content-type", "application/grpc")
            .add("te", "trailers");
    Http2StreamChannel stream =
        new Http2StreamChannelBootstrap(connection).handler(new Ignored()).open().await().getNow();
    if (stream != null) {
      var unused = stream.write(new DefaultHttp2HeadersFrame(headers));
      if (reset) {
        var unusedReset = stream.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
      }
      stream.flush();
    }
  }

  @Sharable
  private static final class Ignored extends SimpleChannelInboundHandler<Http2StreamFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
      // An attacker does not care.
    }
  }
}

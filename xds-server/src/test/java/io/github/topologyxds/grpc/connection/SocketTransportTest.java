package io.github.topologyxds.grpc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketTransportTest {
  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void eachServesAConnection(SocketTransport sockets) throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, sockets.handlers());
    try {
      ChannelFactory<ServerChannel> channels = sockets::channel;
      Channel server =
          new ServerBootstrap()
              .group(loops)
              .channelFactory(channels)
              .childHandler(new Echo())
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();
      int port = ((InetSocketAddress) server.localAddress()).getPort();

      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write('x');

        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  /** The library for this machine is on the class path; without it nobody would notice. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxHasEpoll() {
    assertThat(SocketTransport.best()).isEqualTo(SocketTransport.EPOLL);
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var unused = context.writeAndFlush(message);
    }
  }
}

package io.github.topologyxds.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Hands on what a channel reads to another one: it reads more when that has been taken. The channel
 * must not read by itself.
 *
 * <p>Owner: the channel's event loop.
 */
final class Relay extends ChannelInboundHandlerAdapter {
  private final Channel other;

  Relay(Channel other) {
    this.other = other;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var unused =
        other
            .writeAndFlush(message)
            .addListener(sent -> {
              if (sent.isSuccess()) {
                context.channel().read();
              } else {
                var unusedEnd = context.channel().close();
              }
            });
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    var unused =
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}

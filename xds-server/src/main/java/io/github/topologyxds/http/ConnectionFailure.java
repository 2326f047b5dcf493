package io.github.topologyxds.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of a connection: whatever fails on it ends it, and nothing else. */
final class ConnectionFailure extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionFailure.class);

  private final String port;

  ConnectionFailure(String port) {
    this.port = port;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The client is gone, or has said or taken nothing for too long; or an answer is broken.
    if (cause instanceof IOException || cause instanceof TimeoutException) {
      LOG.debug("a connection of the {} port ends", port, cause);
    } else {
      LOG.error("an answer of the {} port is broken", port, cause);
    }
    var unused = context.close();
  }
}

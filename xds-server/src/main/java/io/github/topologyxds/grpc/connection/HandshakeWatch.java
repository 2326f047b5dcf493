package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.tls.HandshakeFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a connection whose TLS handshake fails; gRPC does not. It begins with the first byte, so
 * that whoever sends none (a TCP probe) has failed at nothing, and is gone after it.
 *
 * <p>Owner: the connection's event loop.
 */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeWatch.class);

  private static final int MAX_MESSAGE = 120;

  private final DeliveryMetrics metrics;

  HandshakeWatch(DeliveryMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (tls != null) {
      SocketAddress client = context.channel().remoteAddress();
      var unused =
          tls.handshakeFuture()
              .addListener(done -> {
                if (done.cause() != null) {
                  CurrentClient.causes(client, () -> failed(client, done.cause()));
                }
              });
    }
    var unused = context.pipeline().remove(this);
    context.fireChannelRead(bytes);
  }

  private void failed(SocketAddress client, Throwable cause) {
    HandshakeFailure failure = HandshakeFailure.of(cause);
    metrics.handshakeFailed(failure);
    LOG.info(
        "TLS handshake with {} failed, {}: {}{}",
        client,
        failure.label(),
        failure.words(),
        detail(failure, cause));
  }

  /** What the JDK says may hold text of the client's certificate; of plaintext, all that came. */
  private static String detail(HandshakeFailure failure, Throwable cause) {
    return switch (failure) {
      case PLAINTEXT, CLOSED, TIMEOUT -> "";
      case SERVER_CERTIFICATE_REFUSED,
          NO_CLIENT_CERTIFICATE,
          CLIENT_CERTIFICATE_UNTRUSTED,
          CLIENT_CERTIFICATE_EXPIRED,
          CLIENT_CERTIFICATE_INVALID,
          PROTOCOL_VERSION,
          CIPHER,
          OTHER ->
          ", says " + Finding.quote(String.valueOf(cause.getMessage()), MAX_MESSAGE);
    };
  }
}

package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.grpc.limits.Addresses;
import io.github.topologyxds.grpc.limits.ConnectionCharge;
import io.github.topologyxds.grpc.limits.UnfinishedRequests;
import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.session.ClientLimit;
import io.github.topologyxds.session.DeliveryMetrics;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections, by the client's address. gRPC gives no hand on them, but these need one: to
 * see whether a stream's bytes still leave, to end a connection whose client takes none, as a
 * stream's end would wait behind the bytes that it does not take, to count the frames that come, to
 * hear of TLS that fails, and to have only so many.
 */
public final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /**
   * So much may a client send on a stream that has not begun (SETTINGS_INITIAL_WINDOW_SIZE), in
   * bytes.
   */
  public static final int WAITING_WINDOW = 8 << 10;

  /**
   * What HTTP/2 lets a connection have at a time. What it refuses may end the connection ("Stream
   * 33 does not exist"), so this is more than any client has: an Envoy that takes endpoints alone
   * opens one for each cluster, up to 1,024 on a connection since 1.36.
   */
  public static final int STREAMS = 2_048;

  /** More of a request may come at once when its stream has begun, in bytes. */
  static final int REQUEST_WINDOW = 1 << 20;

  /** Streams that wait must not keep those that have begun from being read. */
  static final int ROOM_FOR_WAITING = STREAMS * WAITING_WINDOW + REQUEST_WINDOW;

  private final DeliveryMetrics metrics;
  private final int most;
  private final Addresses addresses;
  private final UnfinishedRequests unfinished;
  private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>();

  /**
   * None are open.
   *
   * @param limits a connection beyond them is closed at once
   */
  public Connections(DeliveryMetrics metrics, XdsLimits limits) {
    this.metrics = metrics;
    this.most = limits.connections();
    this.addresses = new Addresses(limits.clients(), System::nanoTime);
    this.unfinished = new UnfinishedRequests(limits.clients().unfinishedBytes());
  }

  /** Refuses streams of an address, or an identity, that has too many. */
  public ServerInterceptor limitingStreams() {
    return new StreamLimits(addresses, this, metrics);
  }

  /** A server's channel that has the connections it accepts noted here. */
  public ServerChannel listen(SocketTransport sockets) {
    ServerChannel channel = sockets.channel();
    channel.pipeline().addLast(new Accepted());
    return channel;
  }

  @Nullable Connection of(@Nullable SocketAddress client) {
    return client == null ? null : open.get(client);
  }

  /** Holds every connection to this many control frames, see {@link FrameLimit}. */
  public ServerTransportFilter limitingFrames(int limit) {
    return new ServerTransportFilter() {
      // Called when the client's first SETTINGS frame is read.
      @Override
      public Attributes transportReady(Attributes attributes) {
        Connection connection = of(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        if (connection != null) {
          connection.limitFrames(limit);
        }
        return attributes;
      }
    };
  }

  @Sharable
  private final class Accepted extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel accepted = (Channel) message;
      SocketAddress client = accepted.remoteAddress();
      if (open.size() >= most) {
        refuse(accepted, most + " connections are open");
        return;
      }
      if (!addresses.connect(client)) {
        ClientLimit limit = ClientLimit.CONNECTIONS_PER_ADDRESS;
        metrics.limited(limit);
        refuse(accepted, addresses.limits().connections() + " " + limit.words());
        return;
      }
      ConnectionCharge charge = new ConnectionCharge(addresses, client);
      Connection connection = new Connection(charge);
      UnfinishedRequests.Share requests =
          unfinished.of(() -> connection.endForRequests(metrics, client));
      connection.charge(requests);
      accepted.pipeline().addFirst(connection, new HandshakeWatch(metrics));
      if (client != null) {
        open.put(client, connection);
      }
      var unused =
          accepted
              .closeFuture()
              .addListener(f -> {
                requests.close();
                charge.release();
                if (client != null) {
                  open.remove(client, connection);
                }
              });
      context.fireChannelRead(message);
    }

    /** It has no event loop yet, so there is nothing that could close it in good order. */
    private void refuse(Channel accepted, String why) {
      metrics.connectionRefused();
      SocketAddress client = accepted.remoteAddress();
      CurrentClient.causes(client, () -> LOG.warn("{}, and no more are taken: {}", why, client));
      accepted.unsafe().closeForcibly();
    }
  }
}

package io.github.topologyxds.benchmarks.load;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks for all clusters, then for their endpoints, and accepts what comes, as an Envoy does.
 *
 * <p>Owner: the connection's event loop; the line is read by who has load reported.
 */
final class EnvoyStandIn implements GrpcCall.Receiver {
  private static final byte[] NOTHING = {};

  private final Fleet fleet;
  private final int number;
  private volatile GrpcCall.@Nullable Line line;
  private byte[] subscription = NOTHING;
  private int missing;
  private boolean routed;

  EnvoyStandIn(Fleet fleet, int number) {
    this.fleet = fleet;
    this.number = number;
    this.missing = fleet.plan().wanted();
  }

  @Override
  public void opened(GrpcCall call, ChannelHandlerContext context) {
    GrpcCall.Line opened = new GrpcCall.Line(call, context);
    line = opened;
    opened.send(fleet.wire().hello(number, fleet.plan()));
  }

  @Override
  public void message(byte[] message) {
    DiscoveryWire.Response response = DiscoveryWire.read(message);
    boolean endpoints = response.type().equals(DiscoveryWire.EDS);
    fleet.received(message);
    if (endpoints) {
      fleet.receivedEndpoints(message);
    }
    GrpcCall.Line open = line;
    if (open == null) {
      return;
    }
    if (response.type().equals(DiscoveryWire.RDS)) {
      open.send(fleet.wire().accept(response, fleet.routes()));
      routed();
      return;
    }
    open.send(fleet.wire().accept(response, endpoints ? subscription : NOTHING));
    if (endpoints) {
      arrived(response.resources(), open);
    } else if (missing > 0 && response.resources() > 0) {
      // Delta sends many clusters in several responses, and takes further names as such.
      subscription = fleet.subscription(message, response.bodyLength());
      open.send(subscription);
    }
  }

  /** No name comes twice before the first of each has come. */
  private void arrived(int resources, GrpcCall.Line open) {
    if (missing > 0) {
      missing -= resources;
      if (missing <= 0 && fleet.plan().routes()) {
        open.send(fleet.routes());
      } else if (missing <= 0) {
        fleet.synced();
      }
    }
  }

  private void routed() {
    fleet.routed();
    if (!routed) {
      routed = true;
      fleet.synced();
    }
  }

  /** Opens a stream of load reports and sends the first, which tells nothing yet. Any thread. */
  void openReports(byte[] first) {
    GrpcCall.Line open = line;
    if (open != null) {
      open.context()
          .executor()
          .execute(() -> {
            open.call().openSecond(open.context(), LoadReports.PATH);
            open.call().sendSecond(open.context(), first);
          });
    }
  }

  /** Sends a load report. Any thread. */
  void report(byte[] report) {
    GrpcCall.Line open = line;
    if (open != null) {
      open.context().executor().execute(() -> open.call().sendSecond(open.context(), report));
    }
  }

  @Override
  public void ended(String why) {
    line = null;
    fleet.lost(why);
  }
}

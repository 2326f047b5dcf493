package io.github.topologyxds.benchmarks.load;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the clusters of the Services that it uses by their names, and for the endpoints of each,
 * as the Envoy of a sidecar on demand does after a reconnect. It has all when the endpoints of each
 * have come, asked for or not.
 *
 * <p>Owner: the connection's event loop.
 */
final class OnDemandStandIn implements GrpcCall.Receiver {
  private static final byte[] NOTHING = {};

  private final Fleet fleet;
  private final int number;
  private final Set<String> asked = new HashSet<>();
  private final Set<String> arrived = new HashSet<>();
  private GrpcCall.@Nullable Line line;
  private boolean synced;

  OnDemandStandIn(Fleet fleet, int number) {
    this.fleet = fleet;
    this.number = number;
  }

  @Override
  public void opened(GrpcCall call, ChannelHandlerContext context) {
    GrpcCall.Line opened = new GrpcCall.Line(call, context);
    line = opened;
    opened.send(DiscoveryWire.helloOnDemand(number, fleet.plan()));
    opened.send(fleet.wire().subscribeToListeners());
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
    open.send(fleet.wire().accept(response, NOTHING));
    if (synced) {
      return;
    }
    if (endpoints) {
      arrived.addAll(fleet.wire().clusterNames(message));
      if (arrived.size() >= fleet.plan().wanted()) {
        synced = true;
        fleet.synced();
      }
    } else if (response.type().equals(DiscoveryWire.CDS)) {
      List<String> more = new ArrayList<>(DiscoveryWire.assignmentsOf(message));
      more.removeIf(name -> !asked.add(name));
      if (!more.isEmpty()) {
        open.send(fleet.wire().subscribe(more));
      }
    }
  }

  @Override
  public void ended(String why) {
    line = null;
    fleet.lost(why);
  }
}

package io.github.topologyxds.e2e.replicas;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.github.topologyxds.xds.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hold one delta stream each, on a connection of its own as an Envoy does, ask for all
 * clusters and endpoints, and go to the second server when the first one ends their stream.
 */
final class StreamFleet implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger moved = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile boolean over;

  /** So many connect, all at once. */
  StreamFleet(int size, int firstPort, int secondPort) {
    for (int i = 0; i < size; i++) {
      Client client = new Client(secondPort);
      clients.add(client);
      client.connect(firstPort);
    }
  }

  /** Returns how many clients know the endpoints of a cluster by their present stream. */
  long holding(String name) {
    return clients.stream().filter(client -> client.assignments.contains(name)).count();
  }

  /** Returns how many have left the first server. */
  int moved() {
    return moved.get();
  }

  /** Returns how many streams the second server has ended. */
  int lost() {
    return lost.get();
  }

  @Override
  public void close() {
    over = true;
    clients.forEach(Client::disconnect);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Owner of all but {@code assignments}: the event loop, but for the first connect. */
  private final class Client
      implements ClientResponseObserver<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private final int secondPort;
    private final Set<String> assignments = ConcurrentHashMap.newKeySet();
    private boolean atFirst = true;
    private volatile @Nullable ManagedChannel channel;
    private volatile @Nullable ClientCallStreamObserver<DeltaDiscoveryRequest> requests;

    Client(int secondPort) {
      this.secondPort = secondPort;
    }

    private void connect(int port) {
      ManagedChannel opened =
          NettyChannelBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
              .usePlaintext()
              .directExecutor()
              .eventLoopGroup(loops)
              .channelType(NioSocketChannel.class)
              .build();
      channel = opened;
      var unused = AggregatedDiscoveryServiceGrpc.newStub(opened).deltaAggregatedResources(this);
      send(
          DeltaDiscoveryRequest.newBuilder()
              .setNode(Node.newBuilder().setId("fleet"))
              .setTypeUrl(ResourceType.CLUSTER.typeUrl()));
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<DeltaDiscoveryRequest> stream) {
      requests = stream;
    }

    private void send(DeltaDiscoveryRequest.Builder request) {
      Objects.requireNonNull(requests).onNext(request.build());
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
      DeltaDiscoveryRequest.Builder next =
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(response.getTypeUrl())
              .setResponseNonce(response.getNonce());
      send(next);
      List<String> names = response.getResourcesList().stream().map(Resource::getName).toList();
      if (response.getTypeUrl().equals(ResourceType.ENDPOINT.typeUrl())) {
        assignments.addAll(names);
      } else {
        send(
            DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(ResourceType.ENDPOINT.typeUrl())
                .addAllResourceNamesSubscribe(names));
      }
    }

    @Override
    public void onError(Throwable cut) {
      ended();
    }

    @Override
    public void onCompleted() {
      ended();
    }

    private void ended() {
      if (over) {
        return;
      }
      disconnect();
      assignments.clear();
      if (atFirst) {
        atFirst = false;
        moved.incrementAndGet();
        connect(secondPort);
      } else {
        lost.incrementAndGet();
      }
    }

    private void disconnect() {
      ManagedChannel open = channel;
      if (open != null) {
        open.shutdownNow();
      }
    }
  }
}

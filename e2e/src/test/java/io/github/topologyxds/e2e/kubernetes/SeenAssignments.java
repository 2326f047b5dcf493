package io.github.topologyxds.e2e.kubernetes;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.github.topologyxds.e2e.xds.AdsStream;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An ADS client that subscribes to everything and remembers every load assignment that ever came:
 * an Envoy's admin port shows only what it has now.
 */
final class SeenAssignments implements AutoCloseable {
  private final ManagedChannel channel;
  private final AdsStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse> stream;
  private final Set<String> filled = ConcurrentHashMap.newKeySet();
  private final List<String> emptied = new CopyOnWriteArrayList<>();
  private final Set<String> subscribed = new HashSet<>();

  SeenAssignments(int xdsPort, String node) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", xdsPort).usePlaintext().build();
    Value name = Value.newBuilder().setStringValue(node).build();
    Node witness =
        Node.newBuilder()
            .setId("witness")
            .setMetadata(Struct.newBuilder().putFields("NODE_NAME", name))
            .build();
    stream = AdsStream.delta(channel, witness, this::seen);
    stream.subscribe(ResourceType.CLUSTER, List.of("*"));
  }

  /** Names of clusters whose endpoints were all taken away at some time, once per time. */
  List<String> emptied() {
    return emptied;
  }

  /** Names of clusters that have had an endpoint. */
  Set<String> filled() {
    return filled;
  }

  private synchronized void seen(DeltaDiscoveryResponse response) {
    if (response.getTypeUrl().equals(ResourceType.CLUSTER.typeUrl())) {
      List<String> come =
          response.getResourcesList().stream()
              .map(Resource::getName)
              .filter(subscribed::add)
              .toList();
      List<String> gone = response.getRemovedResourcesList();
      gone.forEach(subscribed::remove);
      gone.forEach(filled::remove);
      stream.change(ResourceType.ENDPOINT, come, gone);
    } else {
      response.getResourcesList().forEach(resource -> seen(resource.getResource()));
    }
  }

  private void seen(Any resource) {
    try {
      ClusterLoadAssignment assignment = resource.unpack(ClusterLoadAssignment.class);
      String name = assignment.getClusterName();
      if (assignment.getEndpointsCount() > 0) {
        filled.add(name);
      } else if (subscribed.contains(name) && filled.contains(name)) {
        emptied.add(name);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no load assignment", e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

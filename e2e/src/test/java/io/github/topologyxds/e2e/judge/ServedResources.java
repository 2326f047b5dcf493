package io.github.topologyxds.e2e.judge;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.e2e.xds.AdsStream;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Everything that a client on one Node is served, in the order in which grpc-java asks for it.
 *
 * @param clusters by name
 * @param assignments by cluster name
 */
record ServedResources(SortedMap<String, Any> clusters, SortedMap<String, Any> assignments) {

  static ServedResources fetch(int xdsPort, String nodeName) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), xdsPort))
            .usePlaintext()
            .build();
    try {
      BlockingQueue<DiscoveryResponse> responses = new LinkedBlockingQueue<>();
      var stream = AdsStream.stateOfTheWorld(channel, node(nodeName), responses::add);
      stream.subscribe(ResourceType.CLUSTER, List.of());
      SortedMap<String, Any> clusters = new TreeMap<>();
      for (Any any : next(responses).getResourcesList()) {
        clusters.put(any.unpack(Cluster.class).getName(), any);
      }
      stream.subscribe(ResourceType.ENDPOINT, clusters.keySet());
      SortedMap<String, Any> assignments = new TreeMap<>();
      for (Any any : next(responses).getResourcesList()) {
        assignments.put(assignment(any).getClusterName(), any);
      }
      return new ServedResources(clusters, assignments);
    } finally {
      channel.shutdownNow();
    }
  }

  static ClusterLoadAssignment assignment(Any any) throws InvalidProtocolBufferException {
    return any.unpack(ClusterLoadAssignment.class);
  }

  private static Node node(String node) {
    Value name = Value.newBuilder().setStringValue(node).build();
    return Node.newBuilder()
        .setId("judge")
        .setMetadata(Struct.newBuilder().putFields("NODE_NAME", name))
        .build();
  }

  private static DiscoveryResponse next(BlockingQueue<DiscoveryResponse> responses)
      throws InterruptedException {
    DiscoveryResponse response = responses.poll(10, TimeUnit.SECONDS);
    if (response == null) {
      throw new AssertionError("no response within 10 s");
    }
    return response;
  }
}

package io.github.topologyxds.e2e.judge;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.xds.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
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
      Replies replies = new Replies(new LinkedBlockingQueue<>());
      StreamObserver<DiscoveryRequest> requests =
          AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(replies);
      requests.onNext(request(ResourceType.CLUSTER, List.of(), nodeName));
      SortedMap<String, Any> clusters = new TreeMap<>();
      for (Any any : replies.next().getResourcesList()) {
        clusters.put(any.unpack(Cluster.class).getName(), any);
      }
      List<String> names = List.copyOf(clusters.keySet());
      requests.onNext(request(ResourceType.ENDPOINT, names, nodeName));
      SortedMap<String, Any> assignments = new TreeMap<>();
      for (Any any : replies.next().getResourcesList()) {
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

  private static DiscoveryRequest request(ResourceType type, List<String> names, String node) {
    Value name = Value.newBuilder().setStringValue(node).build();
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(type.typeUrl())
        .addAllResourceNames(names)
        .setNode(
            Node.newBuilder()
                .setId("judge")
                .setMetadata(Struct.newBuilder().putFields("NODE_NAME", name)))
        .build();
  }

  private record Replies(BlockingQueue<DiscoveryResponse> queue)
      implements StreamObserver<DiscoveryResponse> {
    DiscoveryResponse next() throws InterruptedException {
      DiscoveryResponse response = queue.poll(10, TimeUnit.SECONDS);
      if (response == null) {
        throw new AssertionError("no response within 10 s");
      }
      return response;
    }

    @Override
    public void onNext(DiscoveryResponse response) {
      queue.add(response);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }
}

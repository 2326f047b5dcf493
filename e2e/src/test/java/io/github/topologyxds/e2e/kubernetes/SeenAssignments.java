package io.github.topologyxds.e2e.kubernetes;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An ADS client that subscribes to everything and remembers every load assignment that ever came:
 * an Envoy's admin port shows only what it has now.
 */
final class SeenAssignments implements StreamObserver<DeltaDiscoveryResponse>, AutoCloseable {
  private static final String PREFIX = "type.googleapis.com/envoy.config.";
  private static final String CLUSTERS = PREFIX + "cluster.v3.Cluster";
  private static final String ENDPOINTS = PREFIX + "endpoint.v3.ClusterLoadAssignment";

  private final ManagedChannel channel;
  private final StreamObserver<DeltaDiscoveryRequest> requests;
  private final Set<String> filled = ConcurrentHashMap.newKeySet();
  private final List<String> emptied = new CopyOnWriteArrayList<>();
  private final Set<String> subscribed = new HashSet<>();

  SeenAssignments(int xdsPort, String node) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", xdsPort).usePlaintext().build();
    requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
    Value name = Value.newBuilder().setStringValue(node).build();
    requests.onNext(
        DeltaDiscoveryRequest.newBuilder()
            .setNode(
                Node.newBuilder()
                    .setId("witness")
                    .setMetadata(Struct.newBuilder().putFields("NODE_NAME", name)))
            .setTypeUrl(CLUSTERS)
            .addResourceNamesSubscribe("*")
            .build());
  }

  /** Names of clusters whose endpoints were all taken away at some time, once per time. */
  List<String> emptied() {
    return emptied;
  }

  /** Names of clusters that have had an endpoint. */
  Set<String> filled() {
    return filled;
  }

  @Override
  public synchronized void onNext(DeltaDiscoveryResponse response) {
    DeltaDiscoveryRequest.Builder answer =
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(response.getTypeUrl())
            .setResponseNonce(response.getNonce());
    requests.onNext(answer.build());
    if (response.getTypeUrl().equals(CLUSTERS)) {
      DeltaDiscoveryRequest.Builder more = DeltaDiscoveryRequest.newBuilder().setTypeUrl(ENDPOINTS);
      for (Resource cluster : response.getResourcesList()) {
        if (subscribed.add(cluster.getName())) {
          more.addResourceNamesSubscribe(cluster.getName());
        }
      }
      for (String gone : response.getRemovedResourcesList()) {
        subscribed.remove(gone);
        filled.remove(gone);
        more.addResourceNamesUnsubscribe(gone);
      }
      requests.onNext(more.build());
    } else if (response.getTypeUrl().equals(ENDPOINTS)) {
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
  public void onError(Throwable error) {
    // The test's own assertions tell what is missing.
  }

  @Override
  public void onCompleted() {
    // Likewise.
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

package io.github.topologyxds.benchmarks.load.streams;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.github.topologyxds.benchmarks.SyntheticCluster;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One Envoy that has its clusters from another control plane and their endpoints from this one: a
 * connection with a stream for each cluster, all opened at once, on each of which it says who it
 * is.
 */
final class EndpointStreams implements AutoCloseable {
  /** What Envoy's node takes with the extensions that it lists (docs/decisions/0075). */
  private static final int NODE_BYTES = 57_000;

  private static final String TYPE =
      "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";
  private static final int MAX_SECONDS = 120;

  private final ManagedChannel channel;
  private final CountDownLatch missing;
  private final AtomicReference<String> trouble = new AtomicReference<>("");

  /** Opens so many, each for a Service of its own. */
  EndpointStreams(int port, int streams) {
    missing = new CountDownLatch(streams);
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .directExecutor()
            .flowControlWindow(16 << 20)
            .build();
    Node node =
        Node.newBuilder()
            .setId("gateway")
            .setUserAgentName("envoy")
            .setMetadata(
                Struct.newBuilder()
                    .putFields(
                        "EXTENSIONS",
                        Value.newBuilder().setStringValue("x".repeat(NODE_BYTES)).build()))
            .build();
    for (int service = 0; service < streams; service++) {
      open(
          DeltaDiscoveryRequest.newBuilder()
              .setNode(node)
              .setTypeUrl(TYPE)
              .addResourceNamesSubscribe(SyntheticCluster.name(service) + ":http")
              .build());
    }
  }

  private void open(DeltaDiscoveryRequest first) {
    ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call =
        channel.newCall(
            EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          private boolean answered;

          @Override
          public void onMessage(DeltaDiscoveryResponse response) {
            call.sendMessage(
                DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(TYPE)
                    .setResponseNonce(response.getNonce())
                    .build());
            if (!answered) {
              answered = true;
              missing.countDown();
            }
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            trouble.compareAndSet("", status.toString());
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(first);
  }

  /**
   * Waits until each stream has its endpoints.
   *
   * @throws IOException when one has ended, or has none after two minutes
   */
  void awaitAll() throws IOException, InterruptedException {
    boolean all = missing.await(MAX_SECONDS, TimeUnit.SECONDS);
    if (!all || !trouble.get().isEmpty()) {
      throw new IOException(
          missing.getCount() + " streams without an answer; the first that ended: " + trouble);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

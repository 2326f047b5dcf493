package io.github.topologyxds.e2e.replicas;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.e2e.xds.AdsStream;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A delta stream that asks for all clusters as a sidecar does. */
final class ConnectedProxy implements AutoCloseable {
  private final ManagedChannel channel;
  private final CountDownLatch answered = new CountDownLatch(1);

  ConnectedProxy(int port, String id, String node) {
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    Node proxy =
        Node.newBuilder()
            .setId(id)
            .setUserAgentName("envoy")
            .setMetadata(
                Struct.newBuilder()
                    .putFields("NODE_NAME", text(node))
                    .putFields("NAMESPACE", text("shop")))
            .build();
    AdsStream.delta(channel, proxy, response -> answered.countDown())
        .subscribe(ResourceType.CLUSTER, List.of());
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  /** The server knows it from then on. */
  void awaitResponse() throws InterruptedException {
    if (!answered.await(15, TimeUnit.SECONDS)) {
      throw new AssertionError("no response");
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

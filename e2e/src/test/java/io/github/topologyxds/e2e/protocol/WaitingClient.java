package io.github.topologyxds.e2e.protocol;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.github.topologyxds.e2e.xds.AdsStream;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A delta stream for the endpoints of one cluster that says when a response has come. */
final class WaitingClient implements AutoCloseable {
  private final ManagedChannel channel;
  private final BlockingQueue<DeltaDiscoveryResponse> responses = new LinkedBlockingQueue<>();

  /** Returns when it has the endpoints. */
  WaitingClient(int port, String cluster) throws InterruptedException {
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    Node node = Node.newBuilder().setId("waiting").build();
    AdsStream.delta(channel, node, responses::add)
        .subscribe(ResourceType.ENDPOINT, List.of(cluster));
    awaitResponse();
  }

  /** Makes a change, and returns after how many nanoseconds the response to it was here. */
  long nanosUntilSeen(Runnable change) throws InterruptedException {
    long begun = System.nanoTime();
    change.run();
    return awaitResponse() - begun;
  }

  private long awaitResponse() throws InterruptedException {
    DeltaDiscoveryResponse response = responses.poll(15, TimeUnit.SECONDS);
    long now = System.nanoTime();
    if (response == null) {
      throw new AssertionError("no response");
    }
    return now;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

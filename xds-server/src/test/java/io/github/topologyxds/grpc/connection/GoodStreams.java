package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Well-behaved streams that are to see every change, whatever others do meanwhile. */
final class GoodStreams implements AutoCloseable {
  private final ServerUnderTest server;
  private final List<RawStream> streams = new ArrayList<>();
  private int changes;

  /** Subscribes to the endpoints of the Service "cart". */
  GoodStreams(ServerUnderTest server, int count) throws InterruptedException {
    this.server = server;
    for (int i = 0; i < count; i++) {
      RawStream stream = server.openDelta(ServerUnderTest.on("node-" + i));
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.accept(ResourceType.ENDPOINT);
      streams.add(stream);
    }
  }

  /** Makes one change, and returns when every stream has had it. */
  void seeAChange() throws InterruptedException {
    changes++;
    String address = "10.1." + changes / 250 + "." + (changes % 250 + 1);
    server.put(slice("cart", "zone-a", address));
    for (RawStream stream : streams) {
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of(address));
    }
  }

  @Override
  public void close() {
    streams.forEach(RawStream::close);
  }
}

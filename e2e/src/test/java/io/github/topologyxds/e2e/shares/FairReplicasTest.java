package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.RecordedRequest;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.xds.AdsStream;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two server processes that follow an API server, and all clients at one of them: both come to the
 * same shares, byte by byte, from what the Envoys report.
 */
class FairReplicasTest {
  private static final String CLUSTER = "shop/cart:http";
  private static final String LEASE = "topology-xds-demand-0";

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldComeToTheSameBytes() throws Exception {
    try (ApiServer api = ApiServer.start();
        FairBench bench = new FairBench()) {
      api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
      api.load(bench.yaml("fair"));
      Path kubeconfig = api.kubeconfig(folder);
      Replica one = Replica.start(kubeconfig);
      Replica two = Replica.start(kubeconfig);
      try {
        bench.connect(one.port());
        bench.warmUp();
        Wait.until("measured demand at both")
            .atMost(Duration.ofSeconds(90))
            .until(() -> one.isMeasured() && two.isMeasured());
        bench.awaitShares();
        for (String node : List.of("node-a1", "node-b1", "node-c1")) {
          assertThat(two.assignment(node)).isEqualTo(one.assignment(node));
        }
        FairBench.Spread spread = bench.send();
        assertThat(spread.fullest()).isBetween(1.1, 1.25);
        assertThat(spread.crossing()).isBetween(0.15, 0.21);
        assertThat(api.get(ResourceKind.LEASES, "topology-xds", LEASE)).isPresent();
        assertThat(twiceWithin30Seconds(api)).isFalse();
      } finally {
        one.process().stop();
        two.process().stop();
      }
    }
  }

  /** Only the replica that has clients has something to tell: all writes are those of one Lease. */
  private static boolean twiceWithin30Seconds(ApiServer api) {
    List<RecordedRequest> writes =
        api.requests().stream()
            .filter(request -> request.path().contains("/leases"))
            .filter(request -> request.verb() == Verb.CREATE || request.verb() == Verb.UPDATE)
            .toList();
    assertThat(writes).hasSizeGreaterThan(1);
    for (int write = 1; write < writes.size(); write++) {
      Duration between = Duration.between(writes.get(write - 1).at(), writes.get(write).at());
      if (between.toMillis() < 29_900) {
        return true;
      }
    }
    return false;
  }

  /** A server process. */
  private record Replica(ServerProcess process, int port, int api) {
    static Replica start(Path kubeconfig) throws Exception {
      int port = FreePorts.next();
      int api = FreePorts.next();
      ServerProcess process =
          ServerProcess.startInCluster(
              port,
              List.of(
                  "--kubernetes",
                  "--kubeconfig",
                  kubeconfig.toString(),
                  "--demand",
                  "shared",
                  "--load-report-interval",
                  "2s",
                  "--api",
                  "127.0.0.1:" + api));
      return new Replica(process, port, api);
    }

    boolean isMeasured() throws Exception {
      return DemandServer.explain(api).contains("measured requests");
    }

    /** Returns what a client on this Node is served. */
    Resource assignment(String node) throws Exception {
      ManagedChannel channel =
          ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
      try {
        BlockingQueue<DeltaDiscoveryResponse> responses = new LinkedBlockingQueue<>();
        AdsStream.delta(channel, client(node), responses::add)
            .subscribe(ResourceType.ENDPOINT, List.of(CLUSTER));
        DeltaDiscoveryResponse response = responses.poll(10, TimeUnit.SECONDS);
        assertThat(response).as("a response").isNotNull();
        return response.getResourcesList().getFirst();
      } finally {
        channel.shutdownNow();
      }
    }

    private static Node client(String node) {
      Value name = Value.newBuilder().setStringValue(node).build();
      return Node.newBuilder()
          .setId("looks-" + node)
          .setMetadata(Struct.newBuilder().putFields("NODE_NAME", name))
          .build();
    }
  }
}

package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Status;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream may ask for 50,000 names of a type, and no more. */
class NameLimitTest {
  @ParameterizedTest
  @EnumSource
  void endsAnAggregatedStream(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, on("node-a"))) {
      asksForTooMuch(stream);
      try (RawStream other = server.open(variant, on("node-a"))) {
        other.subscribe(ResourceType.CLUSTER);
        assertThat(other.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsAStreamOfOneType(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = SingleTypeServicesTest.open(server, variant, ResourceType.CLUSTER)) {
      asksForTooMuch(stream);
    }
  }

  private static void asksForTooMuch(RawStream stream) throws Exception {
    stream.subscribe(ResourceType.CLUSTER, names(0, 30_000));
    stream.accept(ResourceType.CLUSTER);
    // Those that it has asked for already do not count twice.
    stream.subscribe(ResourceType.CLUSTER, names(10_000, 50_000));
    stream.accept(ResourceType.CLUSTER);
    stream.unsubscribe(ResourceType.CLUSTER, names(0, 5));
    stream.subscribe(ResourceType.CLUSTER, names(60_000, 60_006));

    Status end = stream.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(end.getDescription()).contains("50000").hasSizeLessThan(200).doesNotContain("\n");
    assertThat(stream.inbox().waiting()).isZero();
  }

  @Test
  void countsWhatAClientSaysThatItHas() throws Exception {
    Map<String, String> versions = new TreeMap<>();
    for (String name : names(0, 50_001)) {
      versions.put(name, "v");
    }
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        DeltaStream stream = server.openDelta(on("node-a"))) {
      stream.resume(ResourceType.CLUSTER, versions);

      assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  /** Few names can be long: what does not fit into one request could not be asked for again. */
  @Test
  void countsCharactersToo() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        DeltaStream stream = server.openDelta(on("node-a"))) {
      for (int i = 0; i < 3; i++) {
        stream.subscribe(ResourceType.ROUTE, i + "x".repeat(1_500_000));
        if (i < 2) {
          assertThat(stream.accept(ResourceType.ROUTE).removed()).hasSize(1);
        }
      }

      assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  private static String[] names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "made-up/s" + i).toArray(String[]::new);
  }
}

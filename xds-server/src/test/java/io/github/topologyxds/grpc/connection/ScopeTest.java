package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that says which Services it calls ({@code metadata.SERVICES}). */
class ScopeTest {
  private static Node calling(String... patterns) {
    ListValue.Builder list = ListValue.newBuilder();
    for (String pattern : patterns) {
      list.addValues(Value.newBuilder().setStringValue(pattern));
    }
    return Node.newBuilder()
        .setId("test-client")
        .setMetadata(
            Struct.newBuilder()
                .putFields("SERVICES", Value.newBuilder().setListValue(list).build()))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void getsOnlyTheseUnasked(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"), service("pay"));
        RawStream stream = server.open(variant, calling("shop/cart", "shop/new", "nonsense"));
        RawStream all = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      assertThat(stream.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
      stream.subscribe(ResourceType.ROUTE, "outbound");
      String routes = stream.accept(ResourceType.ROUTE).resources().toString();
      assertThat(routes).contains("cart").doesNotContain("pay");
      all.subscribe(ResourceType.CLUSTER);
      all.accept(ResourceType.CLUSTER);

      server.put(service("other"));
      all.accept(ResourceType.CLUSTER);
      server.put(service("new"));

      assertThat(stream.accept(ResourceType.CLUSTER).names()).contains(cluster("new"));
      assertThat(server.metrics().pushes(ResourceType.CLUSTER)).isLessThanOrEqualTo(2 + 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void getsAWholeNamespaceAndWhatItAsksForByName(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"), service("pay"))) {
      try (RawStream stream = server.open(variant, calling("shop/*"))) {
        stream.subscribe(ResourceType.CLUSTER);
        assertThat(stream.accept(ResourceType.CLUSTER).names())
            .containsExactlyElementsOf(List.of(cluster("cart"), cluster("pay")));
      }
      try (RawStream stream = server.open(variant, calling("elsewhere/*"))) {
        stream.subscribe(ResourceType.CLUSTER);
        assertThat(stream.accept(ResourceType.CLUSTER).names()).isEmpty();
        stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
        assertThat(stream.accept(ResourceType.ENDPOINT).names()).containsExactly(cluster("cart"));
      }
    }
  }
}

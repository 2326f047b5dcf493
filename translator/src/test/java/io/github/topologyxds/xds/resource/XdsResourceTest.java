package io.github.topologyxds.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.xds.Clusters;
import io.github.topologyxds.xds.Listeners;
import io.github.topologyxds.xds.LoadAssignments;
import io.github.topologyxds.xds.PortTranslation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** There is no resource of any type that has not been checked. */
class XdsResourceTest {
  private static Message broken(ResourceType type) {
    return switch (type) {
      case CLUSTER -> Cluster.newBuilder().setName("shop/web:http").build();
      case ENDPOINT -> ClusterLoadAssignment.getDefaultInstance();
      case LISTENER -> Listener.newBuilder().setName("outbound").build();
      case ROUTE ->
          RouteConfiguration.newBuilder()
              .addVirtualHosts(VirtualHost.newBuilder().setName("all").addDomains("*"))
              .build();
    };
  }

  @ParameterizedTest
  @EnumSource
  void noneIsMadeOfWhatEnvoyWouldRefuse(ResourceType type) {
    assertThatThrownBy(() -> XdsResource.of(type, "name", broken(type)))
        .isInstanceOf(InvalidResourceException.class)
        .hasMessageStartingWith(type + " name: ");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theOnesThatAreSentPass(Protocol protocol) {
    var kind =
        new LoadAssignments.Kind(
            "shop/web:http", protocol, ServiceType.CLUSTER_IP, LoadAssignments.ZoneShares.NONE);

    assertThat(
            XdsResource.of(ResourceType.CLUSTER, kind.clusterName(), Clusters.build(kind, ""))
                .name())
        .isEqualTo("shop/web:http");
    assertThat(Listeners.outbound(65_535).type()).isEqualTo(ResourceType.LISTENER);
    assertThat(PortTranslation.unknown("shop/web:http").type()).isEqualTo(ResourceType.ENDPOINT);
  }
}

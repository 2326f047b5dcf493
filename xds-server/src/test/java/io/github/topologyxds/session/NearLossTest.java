package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import org.junit.jupiter.api.Test;

class NearLossTest {
  private static final HealthStatus UP = HealthStatus.HEALTHY;
  private static final HealthStatus DOWN = HealthStatus.UNHEALTHY;

  private final NearLoss loss = new NearLoss();

  private static XdsResource assignment(LocalityLbEndpoints... localities) {
    ClusterLoadAssignment.Builder message = ClusterLoadAssignment.newBuilder().setClusterName("c");
    for (int priority = 0; priority < localities.length; priority++) {
      message.addEndpoints(
          localities[priority].toBuilder()
              .setPriority(priority)
              .setLoadBalancingWeight(UInt32Value.of(1)));
    }
    return XdsResource.of(ResourceType.ENDPOINT, "c", message.build());
  }

  private static LocalityLbEndpoints tier(HealthStatus health, String... addresses) {
    LocalityLbEndpoints.Builder tier = LocalityLbEndpoints.newBuilder();
    for (String address : addresses) {
      SocketAddress socket =
          SocketAddress.newBuilder().setAddress(address).setPortValue(80).build();
      tier.addLbEndpoints(
          LbEndpoint.newBuilder()
              .setHealthStatus(health)
              .setEndpoint(
                  Endpoint.newBuilder().setAddress(Address.newBuilder().setSocketAddress(socket))));
    }
    return tier.build();
  }

  @Test
  void isThereWhenNoneOfTheNearIsLeft() {
    XdsResource both = assignment(tier(UP, "10.0.0.1", "10.0.0.2"), tier(UP, "10.1.0.1"));

    assertThat(loss.isBetween(both, assignment(tier(DOWN, "10.0.0.1"), tier(UP, "10.1.0.1"))))
        .isTrue();
    // An empty tier vanishes, and the far one takes its number.
    assertThat(loss.isBetween(both, assignment(tier(UP, "10.1.0.1")))).isTrue();
    assertThat(loss.isBetween(both, assignment())).isTrue();
  }

  @Test
  void isNotThereWhileOneIs() {
    XdsResource both = assignment(tier(UP, "10.0.0.1", "10.0.0.2"), tier(UP, "10.1.0.1"));
    XdsResource one = assignment(tier(UP, "10.0.0.2"), tier(UP, "10.1.0.1"));
    XdsResource none = assignment(tier(DOWN, "10.0.0.2"), tier(UP, "10.1.0.1"));

    assertThat(loss.isBetween(both, one)).isFalse();
    assertThat(loss.isBetween(both, both)).isFalse();
    assertThat(loss.isBetween(one, both)).isFalse();
    // Lost before, and not now.
    assertThat(loss.isBetween(none, assignment(tier(UP, "10.1.0.1")))).isFalse();
  }

  @Test
  void isNotThereWhenNewOnesTakeTheirPlace() {
    XdsResource before = assignment(tier(UP, "10.0.0.1"), tier(UP, "10.1.0.1"));

    assertThat(loss.isBetween(before, assignment(tier(UP, "10.0.0.9"), tier(UP, "10.1.0.1"))))
        .isFalse();
    assertThat(loss.isBetween(before, assignment(tier(UP, "10.1.0.1", "10.1.0.9")))).isTrue();
  }
}

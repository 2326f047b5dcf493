package io.github.topologyxds.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.xds.LoadAssignments;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvoyValidityTest {
  @Test
  void shouldAcceptWhatEnvoyAccepts() {
    assertThat(
            EnvoyValidity.violation(
                assignment(
                    locality("a", 0, 1, endpoint("10.0.0.1", 80)),
                    locality("a", 1, 1, endpoint("10.0.0.1", 81)))))
        .isEmpty();
    assertThat(EnvoyValidity.violation(LoadAssignments.empty("shop/cart:http"))).isEmpty();
  }

  @Test
  void shouldFindEveryDefect() {
    assertViolation("gap", locality("a", 1, 1, endpoint("10.0.0.1", 80)));
    assertViolation(
        "stands twice at one priority",
        locality("a", 0, 1, endpoint("10.0.0.1", 80)),
        locality("a", 0, 1, endpoint("10.0.0.2", 80)));
    assertViolation("no weight", locality("a", 0, 0, endpoint("10.0.0.1", 80)));
    assertViolation("no literal IP", locality("a", 0, 1, endpoint("db.example.com", 80)));
    assertViolation("not in 1..65535", locality("a", 0, 1, endpoint("10.0.0.1", 70_000)));
    assertViolation(
        "stands twice",
        locality("a", 0, 1, endpoint("10.0.0.1", 80)),
        locality("b", 1, 1, endpoint("10.0.0.1", 80)));
    assertThat(EnvoyValidity.violation(ClusterLoadAssignment.getDefaultInstance())).isPresent();
  }

  @Test
  void shouldFindEveryDefectOfRoutes() {
    assertThat(EnvoyValidity.violation(routes(host("a", "a.b"), host("b", "b.b")))).isEmpty();
    assertThat(EnvoyValidity.violation(routes(host("a", "a.b"), host("b", "A.b")))).isPresent();
    assertThat(EnvoyValidity.violation(routes(host("a", "a.b"), host("a", "b.b")))).isPresent();
    assertThat(EnvoyValidity.violation(routes(host("a", "*.a.b"), host("b", "a.b")))).isEmpty();
    for (String domain : List.of("*", "*.", "*a.b", "a.*", "*.*.b", "a.*.b")) {
      assertThat(EnvoyValidity.violation(routes(host("a", domain)))).as(domain).isPresent();
    }
    assertThat(EnvoyValidity.violation(routes(VirtualHost.newBuilder().setName("a").build())))
        .isPresent();
  }

  private static void assertViolation(String part, LocalityLbEndpoints... localities) {
    assertThat(EnvoyValidity.violation(assignment(localities)).orElse("")).contains(part);
  }

  private static ClusterLoadAssignment assignment(LocalityLbEndpoints... localities) {
    ClusterLoadAssignment.Builder builder =
        ClusterLoadAssignment.newBuilder().setClusterName("shop/cart:http");
    for (LocalityLbEndpoints locality : localities) {
      builder.addEndpoints(locality);
    }
    return builder.build();
  }

  private static LocalityLbEndpoints locality(
      String zone, int priority, int weight, LbEndpoint endpoint) {
    return LocalityLbEndpoints.newBuilder()
        .setLocality(Locality.newBuilder().setZone(zone))
        .setPriority(priority)
        .setLoadBalancingWeight(UInt32Value.of(weight))
        .addLbEndpoints(endpoint)
        .build();
  }

  private static LbEndpoint endpoint(String address, int port) {
    return LbEndpoint.newBuilder()
        .setEndpoint(
            Endpoint.newBuilder()
                .setAddress(
                    Address.newBuilder()
                        .setSocketAddress(
                            SocketAddress.newBuilder().setAddress(address).setPortValue(port))))
        .build();
  }

  private static RouteConfiguration routes(VirtualHost... hosts) {
    RouteConfiguration.Builder builder = RouteConfiguration.newBuilder();
    for (VirtualHost host : hosts) {
      builder.addVirtualHosts(host);
    }
    return builder.build();
  }

  private static VirtualHost host(String name, String domain) {
    return VirtualHost.newBuilder().setName(name).addDomains(domain).build();
  }
}

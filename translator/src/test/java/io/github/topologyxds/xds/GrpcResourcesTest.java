package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.resource.EnvoyValidity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What gRPC needs to be told otherwise than Envoys, for every Service and every client. */
class GrpcResourcesTest {
  private static final Translator TRANSLATOR = new Translator(RoutingOptions.DEFAULT);

  /** The tiers of an Envoy that have a healthy endpoint, in their order, with these alone. */
  @Property(tries = 2000)
  void shouldHoldTheHealthyEndpointsOfEachTier(@ForAll long seed) {
    RandomService service = new RandomService(seed);
    ClientView view = service.view();
    for (PortTranslation port : TRANSLATOR.translate(service.state()).ports()) {
      List<Set<String>> envoys = healthyByTier(port.assign(view, AssignmentForm.ENVOY).message());
      envoys.removeIf(Set::isEmpty);
      ClusterLoadAssignment ours = port.assign(view, AssignmentForm.GRPC).message();
      if (envoys.isEmpty()) {
        assertThat(isDropped(ours)).isTrue();
      } else {
        assertThat(healthyByTier(ours)).isEqualTo(envoys);
        assertThat(ours.getPolicy().getDropOverloadsCount()).isZero();
      }
    }
  }

  /** What grpc-java refuses, or silently reads otherwise (measured with 1.85.1). */
  @Property(tries = 2000)
  void shouldNeverMakeWhatGrpcRefuses(@ForAll long seed) {
    RandomService service = new RandomService(seed);
    ClientView view = service.view();
    for (PortTranslation port : TRANSLATOR.translate(service.state()).ports()) {
      if (port.hasNames()) {
        continue; // No load assignment of these is served.
      }
      ClusterLoadAssignment ours = port.assign(view, AssignmentForm.GRPC).message();
      assertThat(EnvoyValidity.violation(ours)).isEmpty();
      Map<Endpoint, Integer> weights = weights(port.assign(view, AssignmentForm.ENVOY).message());
      Set<Locality> places = new HashSet<>();
      for (LocalityLbEndpoints locality : ours.getEndpointsList()) {
        assertThat(places.add(locality.getLocality())).as("at one priority alone").isTrue();
        assertThat(locality.getLoadBalancingWeight().getValue())
            .as("what its endpoints have at an Envoy: 1 each, unless zones have shares")
            .isEqualTo(
                locality.getLbEndpointsList().stream()
                    .mapToInt(endpoint -> weights.getOrDefault(address(endpoint), 1))
                    .sum())
            .isPositive();
        assertThat(locality.getLbEndpointsList())
            .allMatch(endpoint -> endpoint.getHealthStatus() == HealthStatus.HEALTHY);
      }
    }
  }

  /** Returns the weights of the endpoints that have one, by their addresses alone. */
  private static Map<Endpoint, Integer> weights(ClusterLoadAssignment assignment) {
    Map<Endpoint, Integer> weights = new HashMap<>();
    for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        if (endpoint.hasLoadBalancingWeight()) {
          weights.put(address(endpoint), endpoint.getLoadBalancingWeight().getValue());
        }
      }
    }
    return weights;
  }

  private static Endpoint address(LbEndpoint endpoint) {
    return Endpoint.newBuilder().setAddress(endpoint.getEndpoint().getAddress()).build();
  }

  private static List<Set<String>> healthyByTier(ClusterLoadAssignment assignment) {
    List<Set<String>> tiers = new ArrayList<>();
    for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
      while (tiers.size() <= locality.getPriority()) {
        tiers.add(new HashSet<>());
      }
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        if (endpoint.getHealthStatus() == HealthStatus.HEALTHY) {
          var socket = endpoint.getEndpoint().getAddress().getSocketAddress();
          tiers
              .get(locality.getPriority())
              .add(
                  socket.getAddress()
                      + " "
                      + socket.getPortValue()
                      + " in "
                      + locality.getLocality().getZone());
        }
      }
    }
    return tiers;
  }

  private static boolean isDropped(ClusterLoadAssignment assignment) {
    return assignment.getPolicy().getDropOverloads(0).getDropPercentage().getNumerator() == 100;
  }
}

package io.github.topologyxds.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Assignment;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.EnvoyValidity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
  private static final RoutingOptions STRICT =
      new RoutingOptions(Preference.NONE, false, NotReady.AUTO);

  static List<Vector> all() {
    List<Vector> all = new ArrayList<>(Vector.read("selection.yaml"));
    all.addAll(Vector.read("product.yaml"));
    all.addAll(traffic());
    return all;
  }

  /** What goes beyond where traffic goes first: the rules from 9 on. */
  static List<Vector> traffic() {
    List<Vector> traffic = new ArrayList<>(Vector.read("failover.yaml"));
    traffic.addAll(Vector.read("zone-weights.yaml"));
    traffic.addAll(Vector.read("spill-below.yaml"));
    traffic.addAll(Vector.read("balance.yaml"));
    traffic.addAll(Vector.read("zonal-shift.yaml"));
    traffic.addAll(Vector.read("together.yaml"));
    return traffic;
  }

  static List<Vector> likeKubeProxy() {
    return Vector.read("selection.yaml").stream()
        .filter(vector -> !vector.data().containsKey("differs"))
        .toList();
  }

  @Test
  void shouldHoldEveryVector() {
    assertThat(Vector.read("selection.yaml")).hasSize(59);
    assertThat(Vector.read("product.yaml")).hasSize(9);
    assertThat(Vector.read("failover.yaml")).hasSize(20);
    assertThat(Vector.read("zone-weights.yaml")).hasSize(16);
    assertThat(Vector.read("spill-below.yaml")).hasSize(14);
    assertThat(Vector.read("balance.yaml")).hasSize(21);
    assertThat(Vector.read("zonal-shift.yaml")).hasSize(24);
    assertThat(Vector.read("together.yaml")).hasSize(43);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldMakeTheseTiersWithNoDerive(Vector vector) {
    assertThat(withStatus(assign(vector, STRICT), HealthStatus.HEALTHY, vector))
        .isEqualTo(vector.tiers("prio"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldMakeTheseTiersByDefault(Vector vector) {
    String key = vector.expect().containsKey("derived") ? "derived" : "prio";
    ClusterLoadAssignment assignment = assign(vector, RoutingOptions.DEFAULT);
    assertThat(withStatus(assignment, HealthStatus.HEALTHY, vector)).isEqualTo(vector.tiers(key));
    if (vector.expect().containsKey("unhealthy")) {
      assertThat(withStatus(assignment, HealthStatus.UNHEALTHY, vector))
          .isEqualTo(vector.tiers("unhealthy"));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldDecideThisWithNoDerive(Vector vector) {
    assertThat(decision(vector, STRICT)).isEqualTo(vector.decision());
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldDecideThisByDefault(Vector vector) {
    assertThat(decision(vector, RoutingOptions.DEFAULT)).isEqualTo(vector.derivedDecision());
  }

  /** The invariant of --no-derive: P0's HEALTHY endpoints are kube-proxy's set. */
  @ParameterizedTest
  @MethodSource("likeKubeProxy")
  void shouldUseWhatKubeProxyUses(Vector vector) {
    var kubeProxy = Vector.map(vector.expect().get("kp"));
    if (Boolean.TRUE.equals(kubeProxy.get("skipped"))) {
      assertThat(vector.tiers("prio")).isEmpty();
      return;
    }
    boolean local =
        Vector.text(Vector.map(vector.data().get("service")).get("itp"), "Cluster").equals("Local");
    List<String> expected =
        Vector.list(kubeProxy.get(local ? "local" : "cluster")).stream()
            .map(Object::toString)
            .sorted()
            .toList();
    List<List<String>> tiers = withStatus(assign(vector, STRICT), HealthStatus.HEALTHY, vector);
    assertThat(tiers.isEmpty() ? List.of() : tiers.getFirst()).isEqualTo(expected);
  }

  /**
   * The findings that a vector names are there, and none of these reasons that it does not name.
   */
  @ParameterizedTest
  @MethodSource("traffic")
  void shouldFindThis(Vector vector) {
    VectorState state = new VectorState(vector);
    Translator translator = new Translator(RoutingOptions.DEFAULT.with(state.flags()));
    assertThat(
            translator.translate(state.service()).findings().stream()
                .map(finding -> finding.reason().name())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(vector.findings());
  }

  /** Where a vector names no weights, the endpoints of a tier are alike and carry none. */
  @ParameterizedTest
  @MethodSource("traffic")
  void shouldGiveTheseWeights(Vector vector) {
    ClusterLoadAssignment assignment = assign(vector, RoutingOptions.DEFAULT);
    Map<String, Integer> zones = new TreeMap<>();
    Map<String, Integer> endpoints = new TreeMap<>();
    for (var locality : assignment.getEndpointsList()) {
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        if (endpoint.hasLoadBalancingWeight()) {
          assertThat(locality.getPriority()).isZero();
          zones.put(
              locality.getLocality().getZone(),
              locality.getLoadBalancingWeight().getValue() / 1000);
          endpoints.put(
              endpoint.getEndpoint().getAddress().getSocketAddress().getAddress(),
              endpoint.getLoadBalancingWeight().getValue());
        }
      }
    }
    assertThat(zones).isEqualTo(vector.numbers("weights"));
    if (vector.expect().containsKey("endpointWeights")) {
      assertThat(endpoints).isEqualTo(vector.numbers("endpointWeights"));
    }
  }

  @ParameterizedTest
  @MethodSource("traffic")
  void shouldGiveThisFactor(Vector vector) {
    if (vector.expect().containsKey("factor")) {
      assertThat(
              assign(vector, RoutingOptions.DEFAULT)
                  .getPolicy()
                  .getOverprovisioningFactor()
                  .getValue())
          .isEqualTo(vector.expect().get("factor"));
    }
  }

  private static ClusterLoadAssignment assign(Vector vector, RoutingOptions options) {
    Optional<ClusterLoadAssignment> message = assignment(vector, options).map(Assignment::message);
    assertThat(message.flatMap(EnvoyValidity::violation)).isEmpty();
    return message.orElse(ClusterLoadAssignment.getDefaultInstance());
  }

  /** Returns the decision as the vectors write it; empty for a Service that is not served. */
  private static List<String> decision(Vector vector, RoutingOptions options) {
    return assignment(vector, options)
        .map(Assignment::decision)
        .map(decision ->
            List.of(
                decision.scope().getClass().getSimpleName(),
                decision.basis().name(),
                decision.eligibility().name(),
                decision.reason().name()))
        .orElse(List.of());
  }

  /** Returns what the port under test has for the client; empty for a Service without ports. */
  private static Optional<Assignment> assignment(Vector vector, RoutingOptions options) {
    VectorState state = new VectorState(vector);
    List<PortTranslation> ports =
        new Translator(options.with(state.flags())).translate(state.service()).ports();
    return ports.isEmpty()
        ? Optional.empty()
        : Optional.of(ports.get(state.portUnderTest()).assign(state.client()));
  }

  /** Returns the endpoints with this status by priority, as the vectors write them. */
  private static List<List<String>> withStatus(
      ClusterLoadAssignment assignment, HealthStatus status, Vector vector) {
    TreeMap<Integer, List<String>> byPriority = new TreeMap<>();
    boolean withPort = vector.tiers("prio").toString().matches(".*\\d\\.\\d+\\.\\d+\\.\\d+:\\d.*");
    for (var locality : assignment.getEndpointsList()) {
      List<String> tier =
          byPriority.computeIfAbsent(locality.getPriority(), p -> new ArrayList<>());
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        var address = endpoint.getEndpoint().getAddress().getSocketAddress();
        if (endpoint.getHealthStatus() == status) {
          tier.add(address.getAddress() + (withPort ? ":" + address.getPortValue() : ""));
        }
      }
    }
    return byPriority.values().stream().map(tier -> tier.stream().sorted().toList()).toList();
  }
}

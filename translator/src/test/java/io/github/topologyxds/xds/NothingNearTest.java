package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.decision.Scope;
import io.github.topologyxds.topology.settings.Preference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client with no endpoint near it is told so, whoever asked for near ones. */
class NothingNearTest {
  /** Endpoints on node-1 in zone-a and node-2 in zone-b, and who asks for near ones. */
  static Stream<PortWorld> asking() {
    PortWorld world = new PortWorld();
    PortWorld two = world.slices(world.slice().endpoints(Readiness.READY, Readiness.READY));
    return Stream.of(
        two.asking(TrafficDistribution.PREFER_SAME_ZONE, ""),
        two.asking(TrafficDistribution.PREFER_SAME_NODE, ""),
        two.asking(TrafficDistribution.NONE, "same-zone"),
        two.asking(TrafficDistribution.NONE, "same-node"),
        two.server(Preference.SAME_ZONE),
        two.server(Preference.SAME_NODE));
  }

  @ParameterizedTest
  @MethodSource("asking")
  void withoutAnEndpointInItsZoneAllIsClusterWide(PortWorld world) {
    Decision decision = decision(world, new ClientView("node-9", "zone-c", null));
    assertThat(decision.scope()).isEqualTo(new Scope.ClusterWide());
    assertThat(decision.reason()).isEqualTo(DecisionReason.NO_NEAR_ENDPOINT);
  }

  @ParameterizedTest
  @MethodSource("asking")
  void withOneTheReasonIsWhoAsked(PortWorld world) {
    Decision decision = decision(world, new ClientView("node-9", "zone-b", null));
    assertThat(decision.scope()).isNotEqualTo(new Scope.ClusterWide());
    assertThat(decision.reason())
        .isIn(
            DecisionReason.TRAFFIC_DISTRIBUTION,
            DecisionReason.SERVICE_PREFERENCE,
            DecisionReason.SERVER_PREFERENCE);
  }

  @ParameterizedTest
  @MethodSource("asking")
  void whereTheZoneIsNotKnownThatIsTheReason(PortWorld world) {
    Decision decision = decision(world, new ClientView("node-9", "", null));
    assertThat(decision.scope()).isEqualTo(new Scope.ClusterWide());
    assertThat(decision.reason()).isEqualTo(DecisionReason.CLIENT_ZONE_UNKNOWN);
  }

  @ParameterizedTest
  @MethodSource("asking")
  void whereNothingIsKnownThatIsTheReason(PortWorld world) {
    assertThat(decision(world, ClientView.UNKNOWN).reason())
        .isEqualTo(DecisionReason.CLIENT_LOCATION_UNKNOWN);
  }

  @ParameterizedTest
  @MethodSource("asking")
  void anEndpointThatDrainsIsNotNear(PortWorld world) {
    Readiness draining = new Readiness(false, true, true);
    PortWorld other = world.slices(world.slice().endpoints(Readiness.READY, draining));
    assertThat(decision(other, new ClientView("node-2", "zone-b", null)).reason())
        .isEqualTo(DecisionReason.NO_NEAR_ENDPOINT);
  }

  /** As asked, and as the server keeps it for all clients that see the same. */
  private static Decision decision(PortWorld world, ClientView view) {
    PortTranslation port = world.translate().ports().getFirst();
    Assignment asked = port.assign(view);
    Assignment kept = port.assign(port.reduce(view));
    assertThat(kept.decision().reason()).isEqualTo(asked.decision().reason());
    assertThat(kept.message()).isEqualTo(asked.message());
    assertThat(asked.tiers()).isNotEqualTo(List.of());
    return asked.decision();
  }
}

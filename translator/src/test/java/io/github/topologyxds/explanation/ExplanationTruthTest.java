package io.github.topologyxds.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.topology.RuleOutcome;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.RandomService;
import io.github.topologyxds.xds.Translator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is explained is what is pushed, for every Service and every client. */
class ExplanationTruthTest {
  private static final Translator TRANSLATOR = new Translator(RoutingOptions.DEFAULT);

  @Property(tries = 10_000)
  void shouldNameWhatIsPushed(@ForAll long seed) {
    RandomService random = new RandomService(seed);
    ServiceState state = random.state();
    ExplainedClient client = new ExplainedClient(random.view(), ZoneSource.GIVEN);
    List<PortTranslation> pushed = TRANSLATOR.translate(state).ports();
    ExplainedService service = ExplainedService.of(state, RoutingOptions.DEFAULT);
    for (int i = 0; i < pushed.size(); i++) {
      Explanation explanation = service.explain(service.ports().get(i), client);
      // As the server does it: on the reduced view.
      ClientView reduced = pushed.get(i).reduce(client.view());
      var assignment = pushed.get(i).assign(reduced);
      assertThat(explained(explanation)).isEqualTo(pushed(assignment.message()));
      assertThat(explanation.decision()).isEqualTo(assignment.decision());
      assertThat(withoutNames(explanation.decision()))
          .isEqualTo(withoutNames(pushed.get(i).assign(client.view()).decision()));
      checkShares(explanation);
      checkZones(explanation, service.shares(service.ports().get(i), reduced));
      assertThat(explanation.rules())
          .filteredOn(rule -> rule.result() == RuleOutcome.Result.DECIDED)
          .hasSize(1);
      checkAllAreThere(explanation, state);
    }
  }

  /** The short way to the shares of zones comes to the same as the one over all endpoints. */
  private static void checkZones(Explanation explanation, ZoneShares zones) {
    assertThat(zones.nowhere()).isEqualTo(explanation.nowhere());
    assertThat(zones.byZone().keySet()).isEqualTo(explanation.byZone().keySet());
    explanation
        .byZone()
        .forEach(
            (zone, share) -> assertThat(zones.byZone().get(zone)).isCloseTo(share, within(1e-9)));
    for (String zone : zones.healthy().keySet()) {
      assertThat(zones.healthy().get(zone))
          .isEqualTo(
              (int)
                  explanation.endpoints().stream()
                      .filter(e -> e.health() == Health.HEALTHY && e.zone().equals(zone))
                      .count());
    }
  }

  /** Every endpoint of every slice is used or left out, once. */
  private static void checkAllAreThere(Explanation explanation, ServiceState state) {
    int written = 0;
    for (SliceModel slice : state.slices()) {
      boolean twice =
          slice.ports().stream().filter(p -> p.name().equals(explanation.port().name())).count()
              > 1;
      if (twice) {
        // Two ports of one name: each endpoint counts once for each.
        return;
      }
      written += slice.endpoints().size();
    }
    int told = explanation.endpoints().size();
    for (Omission omission : explanation.leftOut()) {
      told += omission.endpoints();
    }
    assertThat(told).isEqualTo(written);
  }

  private static void checkShares(Explanation explanation) {
    double all = explanation.endpoints().stream().mapToDouble(ExplainedEndpoint::share).sum();
    assertThat(all + explanation.nowhere()).isCloseTo(1, within(1e-9));
    for (ExplainedEndpoint endpoint : explanation.endpoints()) {
      if (endpoint.health() != Health.HEALTHY) {
        assertThat(endpoint.share()).isZero();
      }
    }
    double tiers = explanation.tierShares().stream().mapToDouble(share -> share).sum();
    assertThat(tiers).isCloseTo(all, within(1e-9));
  }

  private static String withoutNames(Decision decision) {
    return decision.scope().getClass().getSimpleName()
        + decision.basis()
        + decision.eligibility()
        + decision.reason();
  }

  private static Set<String> explained(Explanation explanation) {
    Set<String> lines = new TreeSet<>();
    for (ExplainedEndpoint e : explanation.endpoints()) {
      assertThat(
              lines.add(
                  e.tier()
                      + " "
                      + e.endpoint().location().region()
                      + "/"
                      + e.zone()
                      + " "
                      + e.address().ip()
                      + " "
                      + e.address().port()
                      + " "
                      + e.health()))
          .isTrue();
    }
    return lines;
  }

  private static Set<String> pushed(ClusterLoadAssignment message) {
    Set<String> lines = new TreeSet<>();
    for (LocalityLbEndpoints locality : message.getEndpointsList()) {
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        var address = endpoint.getEndpoint().getAddress().getSocketAddress();
        lines.add(
            locality.getPriority()
                + " "
                + locality.getLocality().getRegion()
                + "/"
                + locality.getLocality().getZone()
                + " "
                + address.getAddress()
                + " "
                + address.getPortValue()
                + " "
                + endpoint.getHealthStatus());
      }
    }
    return lines;
  }
}

package io.github.topologyxds.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.RandomService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two endpoints in each of the zones a and b, hinted for their own zone, and a client in zone a.
 */
class WhatIfTest {
  private static final ObjectName NAME = new ObjectName("shop", "cart");
  private static final ExplainedClient CLIENT =
      new ExplainedClient(new ClientView("node-a1", "a", null), ZoneSource.NODE_LABEL);

  @ParameterizedTest
  @CsvSource({
    "zone-down=a, HINTS_FOR_OTHERS, 0, 1",
    "zone-down=b, HINTS_FOR_ZONE, 1, 0",
    "node-down=node-a1, HINTS_FOR_ZONE, 0.7, 0.3",
    "endpoint-not-ready=10.0.0.1, HINTS_FOR_ZONE, 0.7, 0.3",
    "'endpoint-not-ready=10.0.0.1,endpoint-not-ready=10.0.0.2', HINTS_FOR_OTHERS, 0, 1",
    "'endpoint-not-ready=10.0.0.1,endpoint-ready=10.0.0.1', HINTS_FOR_ZONE, 1, 0",
    "'zone-down=a,endpoint-added=10.0.0.9@node-a2', HINTS_FOR_ZONE, 0.46, 0.54",
    "'zone-down=a,endpoint-added=10.0.0.9@a', HINTS_FOR_ZONE, 0.46, 0.54",
    "preference=none, SERVICE_PREFERENCE, 0.5, 0.5",
    "trafficDistribution=none, NO_PREFERENCE, 0.5, 0.5",
    "trafficDistribution=PreferSameNode, HINTS_FOR_NODE, 1, 0",
    "'trafficDistribution=none,preference=same-zone', SERVICE_PREFERENCE, 1, 0",
    "internalTrafficPolicy=Local, INTERNAL_TRAFFIC_POLICY_LOCAL, 1, 0",
    "'endpoint-not-ready=10.0.0.1,failover=zone', HINTS_FOR_ZONE, 1, 0",
    "'zone-down=a,failover=none', HINTS_FOR_OTHERS, 0, 1",
    "'zone-down=a,failover=zone', FAILOVER_RESTRICTED, 0, 0",
    "'endpoint-not-ready=10.0.0.1,balance=fair', HINTS_FOR_ZONE, 1, 0",
    "'endpoint-not-ready=10.0.0.1,spill-below=50%', HINTS_FOR_ZONE, 1, 0",
    "'endpoint-not-ready=10.0.0.1,spill-below=100%', HINTS_FOR_ZONE, 0.5, 0.5",
  })
  void shouldTellWhatWouldBe(String changes, DecisionReason reason, double stays, double leaves) {
    Explanation then = explain(changes);
    assertThat(then.decision().reason()).isEqualTo(reason);
    assertThat(then.stays()).isCloseTo(stays, within(1e-9));
    assertThat(then.leaves()).isCloseTo(leaves, within(1e-9));
  }

  @Test
  void shouldLeaveOutWhatIsNotReadyWhereThatIsAskedFor() {
    Explanation then = explain("endpoint-not-ready=10.0.0.1,not-ready=omit");
    assertThat(then.stays()).isEqualTo(1);
    assertThat(then.leftOut()).singleElement().extracting("address").isEqualTo("10.0.0.1");
  }

  @Test
  void shouldChangeNothingElsewhere() {
    for (String change : List.of("zone-down=c", "node-down=x", "endpoint-ready=10.0.0.1")) {
      assertThat(WhatIfText.change(change).apply(state())).as(change).isEqualTo(state());
    }
  }

  /** A zone that is away gets nothing, whatever the Service is like. */
  @Property(tries = 1000)
  void shouldSendNothingToAZoneThatIsDown(@ForAll long seed) {
    RandomService random = new RandomService(seed);
    ServiceState down = new WhatIf.ZoneDown("b").apply(random.state());
    ExplainedService service = ExplainedService.of(down, RoutingOptions.DEFAULT);
    ExplainedClient client = new ExplainedClient(random.view(), ZoneSource.GIVEN);
    service
        .ports()
        .forEach(port -> assertThat(service.explain(port, client).byZone()).doesNotContainKey("b"));
  }

  /** What is written is what is read again. */
  @ParameterizedTest
  @CsvSource({
    "zone-down=a",
    "node-down=n",
    "endpoint-not-ready=10.0.0.1",
    "endpoint-ready=fd00::1",
    "endpoint-added=10.0.0.9@n",
    "preference=same-node",
    "not-ready=omit",
    "trafficDistribution=PreferSameNode",
    "trafficDistribution=none",
    "internalTrafficPolicy=Cluster",
    "failover=region",
    "spill-below=50%",
    "balance=fair",
    "overload-threshold=30%",
  })
  void shouldBeWrittenAsItIsRead(String change) {
    assertThat(WhatIfText.change(change)).hasToString(change);
  }

  @ParameterizedTest
  @CsvSource({
    "zone-dwn=a, did you mean zone-down?",
    "zone=a, zone-down",
    "zone-down, says no value",
    "zone-down=, says no value",
    "endpoint-added=10.0.0.1, IP@NODE",
    "failover=everywhere, region",
    "spill-below=0.5, 1% to 100%",
    "balance=even, strict",
    "overload-threshold=20, 0% to 100%",
    "preference=same-zome, did you mean same-zone?",
    "trafficDistribution=Near, PreferSameZone",
    "internalTrafficPolicy=local, did you mean Local?",
  })
  void shouldSayWhatIsAllowed(String change, String hint) {
    assertThatThrownBy(() -> WhatIfText.parse(change))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(hint)
        .hasMessageNotContaining("\n");
  }

  private static Explanation explain(String changes) {
    ServiceState state = state();
    for (WhatIf change : WhatIfText.parse(changes)) {
      state = change.apply(state);
    }
    ExplainedService service = ExplainedService.of(state, RoutingOptions.DEFAULT);
    return service.explain(service.ports().getFirst(), CLIENT);
  }

  private static ServiceState state() {
    List<EndpointModel> endpoints = new ArrayList<>();
    for (String place : List.of("a1", "a2", "b1", "b2")) {
      String zone = place.substring(0, 1);
      endpoints.add(
          new EndpointModel(
              "10.0.0." + (endpoints.size() + 1),
              "node-" + place,
              zone,
              "",
              "",
              new Hints(new TreeSet<>(List.of(zone)), new TreeSet<>()),
              Readiness.READY));
    }
    SliceModel slice =
        new SliceModel(
            new ObjectName("shop", "cart-1"),
            NAME,
            AddressType.IPV4,
            false,
            List.of(new SlicePort("http", 8080, Protocol.TCP)),
            endpoints);
    ServiceModel service =
        new ServiceModel(
            NAME,
            ServiceType.CLUSTER_IP,
            List.of(),
            List.of(),
            List.of(new ServicePort("http", 80, Protocol.TCP, "")),
            new ServiceTopology(TrafficDistribution.NONE, false, false, "", ""),
            false,
            ServiceModel.AGE_UNKNOWN);
    ClusterTopology topology =
        new ClusterTopology(
            new TreeMap<>(Map.of("node-a1", "a", "node-a2", "a", "node-b1", "b", "node-b2", "b")),
            new TreeMap<>());
    return new ServiceState(service, null, List.of(slice), Set.of(), topology);
  }
}

package io.github.topologyxds.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
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
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.PortEndpoints;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.ServiceRouting;
import io.github.topologyxds.topology.ports.ServiceSize;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one Service may cost: whole ports are left out, and what is served is shared. */
class ServiceLimitsTest {
  private static final ObjectName NAME = new ObjectName("shop", "huge");
  private static final Translator TRANSLATOR = new Translator(RoutingOptions.DEFAULT);

  @Test
  void shouldLeaveOutTheHighestPorts() {
    ServiceTranslation served = translate(20_000, 1, 1);

    assertThat(numbers(served)).hasSize(1_000).containsSequence(1, 2).contains(1_000);
    assertThat(served.routes()).hasSize(1_000);
    assertThat(about(served, Reason.SERVICE_PORTS_LIMIT).getFirst().message())
        .contains("has 20000 ports (allowed: 1000); 19000 ports");
    assertThat(served.findings()).hasSizeLessThan(60);
  }

  @Test
  void shouldLeaveOutWholePortsWhereEndpointsAreTooMany() {
    ServiceTranslation served = translate(1_500, 1_000, 1);

    assertThat(numbers(served)).hasSize(200).contains(200);
    assertThat(served.ports()).allSatisfy(port -> assertThat(endpoints(port)).isEqualTo(1_000));
    assertThat(about(served, Reason.SERVICE_ENDPOINTS_LIMIT)).hasSize(1);
  }

  @Test
  void shouldCountTheEndpointsOfAllSlices() {
    assertThat(numbers(translate(10, 1_000, 25))).hasSize(8);
  }

  @Test
  void shouldServeOthersAsBefore() {
    ServiceTranslation headless = translate(1, 1_000, 5);

    assertThat(headless.findings()).isEmpty();
    assertThat(endpoints(headless.ports().getFirst())).isEqualTo(5_000);
  }

  @Test
  void shouldTakeOtherLimits() {
    RoutingOptions two =
        new RoutingOptions(Preference.NONE, true, NotReady.AUTO, new ServiceLimits(2, 1_000_000));

    assertThat(numbers(new Translator(two).translate(state(5, 1, 1)))).containsExactly(1, 2);
  }

  @Test
  void shouldNotDependOnTheOrderOfPorts() {
    ServiceState state = state(1_500, 300, 1);
    List<ServicePort> shuffled = new ArrayList<>(state.service().ports());
    Collections.shuffle(shuffled, new Random(1));

    ServiceTranslation served = TRANSLATOR.translate(state.with(service(shuffled)));

    assertThat(numbers(served)).containsExactlyElementsOf(numbers(TRANSLATOR.translate(state)));
  }

  @Test
  void shouldShareEndpointsBetweenPorts() {
    ServiceState state = state(100, 50, 2);
    ServiceRouting routing =
        new ServiceRouting(
            state,
            state.service().ports(),
            RoutingOptions.DEFAULT,
            new FindingSet(ObjectKey.service(state.service().name())));

    Set<PortEndpoints> built = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ServicePort port : state.service().ports()) {
      PortRouting ipv4 = Objects.requireNonNull(routing.port(port).get(Family.IPV4));
      built.add(ipv4.endpoints());
      assertThat(ipv4.number(ipv4.endpoints().endpoints().getFirst()))
          .isEqualTo(10_000 + port.number());
    }

    assertThat(built).hasSize(1);
  }

  /** 380 bytes for each of 150,000 were 57 MB at every start, without a client. */
  @Test
  void shouldCostLessThanAnEndpointForEachPort() {
    ServiceSize few = TRANSLATOR.size(state(2, 1_000, 1));
    ServiceSize many = TRANSLATOR.size(state(150, 1_000, 1));

    assertThat(many.portEndpoints()).isEqualTo(150_000);
    assertThat(many.cost()).isLessThan(75 * few.cost());
  }

  @Test
  void shouldSayTheSameOnlySoOften() {
    SliceModel strange =
        new SliceModel(
            new ObjectName("shop", "strange"),
            NAME,
            AddressType.IPV4,
            false,
            IntStream.rangeClosed(1, 20_000)
                .mapToObj(i -> new SlicePort("other-" + i, i, Protocol.TCP))
                .toList(),
            List.of());
    ServiceState state = state(3, 1, 1);
    ServiceState with =
        new ServiceState(
            state.service(), null, List.of(strange), state.seenReady(), state.topology());

    List<Finding> findings = about(TRANSLATOR.translate(with), Reason.PORT_NOT_IN_SERVICE);

    assertThat(findings).hasSize(51);
    assertThat(findings).anyMatch(finding -> finding.message().contains("there are more"));
  }

  private static List<Finding> about(ServiceTranslation translation, Reason reason) {
    return translation.findings().stream().filter(f -> f.reason() == reason).toList();
  }

  private static List<Integer> numbers(ServiceTranslation translation) {
    return translation.routes().stream().map(route -> route.port().number()).sorted().toList();
  }

  private static int endpoints(PortTranslation port) {
    return port.assign(new ClientView("", "", null)).tiers().stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static ServiceTranslation translate(int ports, int endpoints, int slices) {
    return TRANSLATOR.translate(state(ports, endpoints, slices));
  }

  private static ServiceState state(int ports, int endpoints, int slices) {
    List<ServicePort> of = new ArrayList<>();
    List<SlicePort> targets = new ArrayList<>();
    for (int i = 1; i <= ports; i++) {
      of.add(new ServicePort("p" + i, i, Protocol.TCP, ""));
      targets.add(new SlicePort("p" + i, 10_000 + i, Protocol.TCP));
    }
    List<SliceModel> all = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      int number = slice;
      all.add(
          new SliceModel(
              new ObjectName("shop", "huge-" + slice),
              NAME,
              AddressType.IPV4,
              false,
              targets,
              IntStream.range(0, endpoints).mapToObj(i -> endpoint(number, i)).toList()));
    }
    return new ServiceState(service(of), null, all, Set.of(), ClusterTopology.EMPTY);
  }

  private static ServiceModel service(List<ServicePort> ports) {
    return new ServiceModel(
        NAME,
        ServiceType.CLUSTER_IP,
        List.of(),
        List.of(),
        ports,
        ServiceTopology.DEFAULT,
        false,
        ServiceModel.AGE_UNKNOWN);
  }

  private static EndpointModel endpoint(int slice, int number) {
    return new EndpointModel(
        "10." + slice + "." + number / 250 + "." + (1 + number % 250),
        "",
        "zone-" + number % 3,
        "",
        "",
        Hints.NONE,
        Readiness.READY);
  }
}

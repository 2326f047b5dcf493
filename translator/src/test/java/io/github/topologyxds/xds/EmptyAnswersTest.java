package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.settings.NotReady;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way to end with nothing has its own true reason, and a finding where the input is at fault.
 */
class EmptyAnswersTest {
  private static final Readiness UNREADY = new Readiness(false, false, false);
  private static final Readiness GONE = new Readiness(false, false, true);
  private static final ClientView CLIENT = new ClientView("node-1", "zone-a", null);

  /** One way: what is different from a Service with a ready endpoint on every node. */
  record Way(
      UnaryOperator<PortWorld> change,
      ClientView client,
      DecisionReason expected,
      Set<Reason> findings) {
    @Override
    public String toString() {
      return expected + " " + findings;
    }
  }

  private static Way way(
      DecisionReason expected, UnaryOperator<PortWorld> change, Reason... findings) {
    return new Way(change, CLIENT, expected, Set.of(findings));
  }

  static Stream<Way> ways() {
    return Stream.of(
        way(DecisionReason.NO_SLICE, w -> w.slices(), Reason.SERVICE_WITHOUT_SLICES),
        way(
            DecisionReason.ONLY_HEADLESS_SLICES,
            w -> w.slices(w.slice().headlessLabel()),
            Reason.SLICE_HEADLESS_LABEL),
        way(
            DecisionReason.ONLY_FQDN_SLICES,
            w ->
                w.ports(new ServicePort("http", 80, Protocol.UDP, ""))
                    .slices(w.slice().type(AddressType.FQDN).port("http", 8080, Protocol.UDP)),
            Reason.FQDN_SLICE,
            Reason.PROTOCOL_WITHOUT_ROUTE),
        way(
            DecisionReason.ADDRESSES_INVALID,
            w -> w.slices(w.slice().type(AddressType.FQDN)),
            Reason.ADDRESS_INVALID,
            Reason.ENDPOINTS_BY_NAME),
        new Way(
            w -> w.slices(w.slice().endpoints(UNREADY)),
            new ClientView("node-1", "zone-a", Family.IPV6),
            DecisionReason.NO_SLICE_OF_FAMILY,
            Set.of()),
        new Way(
            w -> w,
            new ClientView("node-1", "zone-a", Family.IPV6),
            DecisionReason.ONLY_OTHER_FAMILY,
            Set.of()),
        way(
            DecisionReason.ONLY_OTHER_FAMILY,
            w -> w.slices(w.slice().type(AddressType.IPV6)),
            Reason.ONLY_OTHER_FAMILY),
        way(
            DecisionReason.ONLY_OTHER_FAMILY,
            w -> w.slices(w.slice().endpoints(UNREADY), w.slice().type(AddressType.IPV6)),
            Reason.ONLY_OTHER_FAMILY),
        way(DecisionReason.SLICES_EMPTY, w -> w.slices(w.slice().endpoints())),
        way(DecisionReason.SLICES_EMPTY, w -> w.slices(w.slice().endpoints().ports())),
        way(
            DecisionReason.SLICES_WITHOUT_PORTS,
            w -> w.slices(w.slice().ports()),
            Reason.SLICE_WITHOUT_PORTS),
        way(
            DecisionReason.PORT_NAME_NOT_IN_SLICES,
            w -> w.slices(w.slice().port("htpp", 8080, Protocol.TCP)),
            Reason.PORT_NOT_IN_SLICES,
            Reason.PORT_NOT_IN_SERVICE),
        way(
            DecisionReason.PROTOCOL_NOT_IN_SLICES,
            w -> w.slices(w.slice().port("http", 8080, Protocol.UDP)),
            Reason.PORT_NOT_IN_SLICES,
            Reason.PORT_NOT_IN_SERVICE),
        way(
            DecisionReason.PORTS_INVALID,
            w -> w.slices(w.slice().port("http", 0, Protocol.TCP)),
            Reason.PORT_WITHOUT_NUMBER),
        way(
            DecisionReason.PORTS_INVALID,
            w -> w.slices(w.slice().port("http", 70_000, Protocol.TCP)),
            Reason.PORT_INVALID),
        way(
            DecisionReason.ADDRESSES_INVALID,
            w -> w.slices(w.slice().address("db.example.com")),
            Reason.ADDRESS_INVALID),
        way(DecisionReason.ALL_TERMINATED, w -> w.slices(w.slice().endpoints(GONE))),
        way(DecisionReason.NEVER_READY, w -> w.slices(w.slice().endpoints(UNREADY, GONE))),
        way(
            DecisionReason.NOT_READY_OMITTED,
            w -> w.slices(w.slice().endpoints(UNREADY)).seen().notReady(NotReady.OMIT)),
        way(DecisionReason.NO_ENDPOINT, w -> w.slices(w.slice().endpoints(UNREADY)).seen()),
        way(
            DecisionReason.NO_ENDPOINT,
            w -> w.slices(w.slice().endpoints(UNREADY), w.slice().ports()).seen(),
            Reason.SLICE_WITHOUT_PORTS),
        new Way(
            w -> w.local(),
            new ClientView("node-9", "zone-a", null),
            DecisionReason.LOCAL_WITHOUT_ENDPOINT,
            Set.of()),
        way(
            DecisionReason.LOCAL_WITHOUT_ENDPOINT,
            w -> w.local().slices(w.slice().endpoints(UNREADY, Readiness.READY)).seen()),
        way(
            DecisionReason.SLICES_WITHOUT_PORTS,
            w -> w.local().slices(w.slice().ports()),
            Reason.SLICE_WITHOUT_PORTS),
        way(DecisionReason.NEVER_READY, w -> w.local().slices(w.slice().endpoints(UNREADY))),
        new Way(
            w -> w.local(),
            new ClientView("", "zone-a", null),
            DecisionReason.CLIENT_NODE_UNKNOWN,
            Set.of()));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anEmptyAnswerHasItsTrueReason(Way way) {
    ServiceTranslation translation = way.change().apply(new PortWorld()).translate();
    PortTranslation port = translation.ports().getFirst();
    Assignment assignment = port.assign(way.client());
    assertThat(healthy(assignment)).isZero();
    assertThat(assignment.decision().reason()).isEqualTo(way.expected());
    // What the server keeps for all clients that see the same has the same reason.
    assertThat(port.assign(port.reduce(way.client())).decision().reason())
        .isEqualTo(way.expected());
    assertThat(translation.findings())
        .extracting(Finding::reason)
        .containsExactlyInAnyOrderElementsOf(way.findings());
  }

  /** Who adds a way to end with nothing adds it above. */
  @Test
  void everyReasonOfAnEmptyAnswerIsShown() {
    Set<DecisionReason> all =
        EnumSet.range(DecisionReason.LOCAL_WITHOUT_ENDPOINT, DecisionReason.ONLY_OTHER_FAMILY);
    all.add(DecisionReason.CLIENT_NODE_UNKNOWN);
    assertThat(ways().map(Way::expected)).containsAll(all);
    assertThat(all).containsAll(ways().map(Way::expected).toList());
  }

  /** Without the change of a way there is an answer, so that each shows what it says. */
  @Test
  void theWorldThatIsChangedHasAnAnswer() {
    ServiceTranslation translation = new PortWorld().translate();
    assertThat(healthy(translation.ports().getFirst().assign(CLIENT))).isEqualTo(1);
    assertThat(translation.findings()).isEmpty();
  }

  /** Of several losses the one that got furthest is told, whatever the slices' order. */
  @Test
  void theLossThatCameNearestToBeingServedIsTold() {
    PortWorld world = new PortWorld();
    for (List<PortWorld.Slice> order :
        List.of(
            List.of(world.slice().ports(), world.slice().endpoints(UNREADY)),
            List.of(world.slice().endpoints(UNREADY), world.slice().ports()))) {
      Assignment assignment =
          world
              .slices(order.toArray(PortWorld.Slice[]::new))
              .translate()
              .ports()
              .getFirst()
              .assign(CLIENT);
      assertThat(assignment.decision().reason()).isEqualTo(DecisionReason.NEVER_READY);
    }
  }

  /** A Service of which nothing, or not this port, is served at all: no cluster, but a finding. */
  static Stream<Way> withoutCluster() {
    return Stream.of(
        way(
            DecisionReason.NO_SLICE,
            w -> w.type(ServiceType.EXTERNAL_NAME).slices(),
            Reason.EXTERNAL_NAME),
        way(
            DecisionReason.NO_SLICE,
            w -> w.ports(),
            Reason.SERVICE_WITHOUT_PORTS,
            Reason.PORT_NOT_IN_SERVICE),
        way(
            DecisionReason.NO_SLICE,
            w ->
                w.ports(new ServicePort("http", 80, Protocol.SCTP, ""))
                    .slices(w.slice().port("http", 8080, Protocol.SCTP)),
            Reason.PROTOCOL_NOT_SERVED),
        way(
            DecisionReason.NO_SLICE,
            w -> w.ports(new ServicePort("http", 70_000, Protocol.TCP, "")),
            Reason.SERVICE_PORT_INVALID),
        way(
            DecisionReason.NO_SLICE,
            w ->
                w.ports(new ServicePort("*", 80, Protocol.TCP, ""))
                    .slices(w.slice().port("*", 8080, Protocol.TCP)),
            Reason.NAME_INVALID));
  }

  @ParameterizedTest
  @MethodSource("withoutCluster")
  void whatHasNoClusterHasAFinding(Way way) {
    ServiceTranslation translation = way.change().apply(new PortWorld()).translate();
    assertThat(translation.ports()).isEmpty();
    assertThat(translation.findings())
        .extracting(Finding::reason)
        .containsExactlyInAnyOrderElementsOf(way.findings());
  }

  private static long healthy(Assignment assignment) {
    return assignment.message().getEndpointsList().stream()
        .flatMap(locality -> locality.getLbEndpointsList().stream())
        .filter(endpoint ->
            endpoint.getHealthStatus() == io.envoyproxy.envoy.config.core.v3.HealthStatus.HEALTHY)
        .count();
  }
}

package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
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
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A pod with an address in each family is one endpoint, which Envoy can reach in two ways. */
class DualStackTest {
  private static final ObjectName NAME = new ObjectName("shop", "cart");

  private static SliceModel slice(AddressType type, Protocol protocol, String... uidAndAddress) {
    List<EndpointModel> endpoints =
        Arrays.stream(uidAndAddress)
            .map(text -> text.split(" ", 2))
            .map(pair ->
                new EndpointModel(pair[1], "", "", "", pair[0], Hints.NONE, Readiness.READY))
            .toList();
    return new SliceModel(
        new ObjectName("shop", "cart-" + type),
        NAME,
        type,
        false,
        List.of(new SlicePort("http", 8080, protocol)),
        endpoints);
  }

  private static PortTranslation translate(Protocol protocol, SliceModel... slices) {
    ServiceModel service =
        new ServiceModel(
            NAME,
            ServiceType.CLUSTER_IP,
            List.of("10.96.0.1"),
            List.of(Family.IPV4, Family.IPV6),
            List.of(new ServicePort("http", 80, protocol, "")),
            new ServiceTopology(TrafficDistribution.NONE, false, false, "", ""),
            false,
            ServiceModel.AGE_UNKNOWN);
    ServiceState state =
        new ServiceState(service, null, List.of(slices), Set.of(), ClusterTopology.EMPTY);
    return new Translator(RoutingOptions.DEFAULT).translate(state).ports().getFirst();
  }

  /** {@code 10.0.0.1:8080+[fd00::1]}: each host, with its other addresses. */
  private static List<String> hosts(PortTranslation port, @Nullable Family family) {
    ClusterLoadAssignment assignment = port.assign(new ClientView("", "", family)).message();
    return assignment.getEndpointsList().stream()
        .flatMap(locality -> locality.getLbEndpointsList().stream())
        .map(host -> text(host.getEndpoint()))
        .toList();
  }

  private static String text(Endpoint endpoint) {
    StringBuilder text = new StringBuilder(text(endpoint.getAddress().getSocketAddress()));
    endpoint
        .getAdditionalAddressesList()
        .forEach(a -> text.append('+').append(text(a.getAddress().getSocketAddress())));
    return text.toString();
  }

  private static String text(SocketAddress address) {
    return address.getAddress() + " " + address.getPortValue();
  }

  private static final SliceModel[] BOTH = {
    slice(AddressType.IPV4, Protocol.TCP, "u1 10.0.0.1", "u2 10.0.0.2", " 10.0.0.3"),
    slice(AddressType.IPV6, Protocol.TCP, "u1 fd00::1", "u9 fd00::9", " fd00::3")
  };

  @Test
  void theOtherFamilysAddressOfTheSamePodTravelsAlong() {
    assertThat(hosts(translate(Protocol.TCP, BOTH), null))
        .containsExactly("10.0.0.1 8080+fd00::1 8080", "10.0.0.2 8080", "10.0.0.3 8080");
  }

  @Test
  void aClientThatAsksForOneFamilyGetsThatAlone() {
    PortTranslation port = translate(Protocol.TCP, BOTH);
    assertThat(hosts(port, Family.IPV4))
        .containsExactly("10.0.0.1 8080", "10.0.0.2 8080", "10.0.0.3 8080");
    assertThat(hosts(port, Family.IPV6))
        .containsExactly("fd00::1 8080", "fd00::3 8080", "fd00::9 8080");
  }

  @Test
  void clientsShareAResourceOnlyWhereItsBytesAreTheSame() {
    ClientView primary = new ClientView("", "", null);
    ClientView ipv4 = new ClientView("", "", Family.IPV4);
    PortTranslation dual = translate(Protocol.TCP, BOTH);
    assertThat(dual.reduce(primary)).isNotEqualTo(dual.reduce(ipv4));
    PortTranslation single = translate(Protocol.TCP, BOTH[0]);
    assertThat(single.reduce(primary)).isEqualTo(single.reduce(ipv4));
  }

  @Test
  void datagramsHaveNoConnectionToTryTwice() {
    PortTranslation port =
        translate(
            Protocol.UDP,
            slice(AddressType.IPV4, Protocol.UDP, "u1 10.0.0.1"),
            slice(AddressType.IPV6, Protocol.UDP, "u1 fd00::1"));
    assertThat(hosts(port, null)).containsExactly("10.0.0.1 8080");
  }
}

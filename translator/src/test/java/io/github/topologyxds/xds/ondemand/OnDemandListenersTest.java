package io.github.topologyxds.xds.ondemand;

import static io.github.topologyxds.xds.ondemand.ListenerChain.HTTP;
import static io.github.topologyxds.xds.ondemand.ListenerChain.TCP;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an on-demand sidecar's listeners are made of; what Envoy makes of them is the e2e's. */
class OnDemandListenersTest {
  private final List<ServiceTranslation> services = new ArrayList<>();

  @Test
  void thePortsThatAreMostlyHttpAreHttpButForTheOthers() {
    add("web", "10.96.0.1", http(80), http(8080));
    add("shop", "10.96.0.2", http(80), tcp(5432));
    add("db", "10.96.0.3", tcp(80), tcp(8080));

    Destinations destinations = destinations();

    assertThat(destinations.ports()).containsExactly(80, 8080);
    assertThat(destinations.exceptions())
        .containsExactly(exceptions(Map.of(80, TCP, 8080, TCP), "10.96.0.3"));
  }

  @Test
  void thePortsThatAreMostlyTcpAreTcpButForTheOthers() {
    add("a", "10.96.0.1", tcp(80));
    add("b", "10.96.0.2", tcp(80));
    add("c", "10.96.0.3", http(80));
    add("d", "10.96.0.4", http(81));

    Destinations destinations = destinations();

    assertThat(destinations.ports()).containsExactly(81);
    assertThat(destinations.exceptions())
        .containsExactly(exceptions(Map.of(80, HTTP), "10.96.0.3"));
  }

  @Test
  void addressesWithTheSameExceptionsStandTogether() {
    for (int i = 1; i <= 9; i++) {
      add("http-" + i, "10.96.1." + i, http(80));
    }
    add("one", "10.96.0.1", tcp(80));
    add("two", "10.96.0.2", tcp(80));
    add("six", "fd00::6", tcp(80));

    assertThat(destinations().exceptions())
        .containsExactly(exceptions(Map.of(80, TCP), "10.96.0.1", "10.96.0.2", "fd00::6"));
  }

  @Test
  void anAddressThatTwoServicesClaimIsTheOlderOnes() {
    add("young", "10.96.0.1", 20, http(80));
    add("zold", "10.96.0.1", 10, tcp(80));
    assertThat(destinations()).isEqualTo(Destinations.NONE);
  }

  @Test
  void aNewServiceWithKnownPortNumbersChangesNothing() {
    add("web", "10.96.0.1", http(80), tcp(5432));
    Destinations before = destinations();
    add("more", "10.96.0.9", http(80), tcp(5432), tcp(6379));
    assertThat(destinations()).isEqualTo(before);
  }

  @Test
  void eachFamilyHasItsOwnListenerWithItsOwnRanges() throws InvalidProtocolBufferException {
    OnDemandListeners listeners =
        new OnDemandListeners(
            List.of(cidr("10.96.0.0/12"), cidr("fd00:96::/108")),
            new Destinations(
                new TreeSet<>(Set.of(80)),
                List.of(exceptions(Map.of(80, TCP), "10.96.0.7", "fd00:96::7"))),
            "cluster.local");

    List<XdsResource> both = List.copyOf(listeners.on(15001));

    assertThat(both).extracting(XdsResource::name).containsExactly("outbound", "outbound-ipv6");
    Listener ipv4 = Listener.parseFrom(both.getFirst().packed().getValue());
    Listener ipv6 = Listener.parseFrom(both.getLast().packed().getValue());
    assertThat(ipv4.getAddress().getSocketAddress().getAddress()).isEqualTo("127.0.0.1");
    assertThat(ipv6.getAddress().getSocketAddress().getAddress()).isEqualTo("::1");
    assertThat(List.of(ipv4, ipv6))
        .allSatisfy(listener -> {
          assertThat(listener.getEnableReusePort().getValue()).isFalse();
          assertThat(listener.hasUseOriginalDst()).isFalse();
          assertThat(listener.getFilterChainsList())
              .extracting(FilterChain::getName)
              .containsExactly("explicit", "http", "tcp");
          assertThat(listener.getDefaultFilterChain().getName()).isEqualTo("passthrough");
        });
    assertThat(text(ipv4)).contains("10.96.0.0", "10.96.0.7").doesNotContain("fd00");
    assertThat(text(ipv6)).contains("fd00:96::", "fd00:96::7").doesNotContain("10.96");
  }

  /** 4,000 of them took 2.2 MB when they stood one by one (measured). */
  @Test
  void fourThousandExceptionsAndAHundredPortsAreSmall() {
    Set<String> addresses = new TreeSet<>();
    for (int i = 0; i < 4000; i++) {
      addresses.add("10.96." + i / 250 + "." + (1 + i % 250));
    }
    TreeSet<Integer> ports = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      ports.add(8000 + i);
    }
    OnDemandListeners listeners =
        new OnDemandListeners(
            List.of(cidr("10.96.0.0/12")),
            new Destinations(
                ports,
                List.of(
                    new Destinations.Exceptions(
                        new TreeMap<>(Map.of(8000, TCP)), new TreeSet<>(addresses)))),
            "cluster.local");
    assertThat(listeners.on(15001).iterator().next().packed().getValue().size())
        .isLessThan(200_000);
  }

  private Destinations destinations() {
    List<ServiceRoute> routes = ServiceRoute.oldestFirst(services);
    return Destinations.of(routes, ConnectionAges.of(routes));
  }

  private static String text(Listener listener) {
    return listener.toByteString().toString(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  private static Destinations.Exceptions exceptions(
      Map<Integer, ListenerChain> chains, String... addresses) {
    return new Destinations.Exceptions(new TreeMap<>(chains), new TreeSet<>(List.of(addresses)));
  }

  private static ServicePort http(int number) {
    return new ServicePort("http-" + number, number, Protocol.TCP, "");
  }

  private static ServicePort tcp(int number) {
    return new ServicePort("tcp-" + number, number, Protocol.TCP, "");
  }

  private void add(String name, String ip, ServicePort... ports) {
    add(name, ip, ServiceModel.AGE_UNKNOWN, ports);
  }

  private void add(String name, String ip, long created, ServicePort... ports) {
    ServiceModel service =
        new ServiceModel(
            new ObjectName("shop", name),
            ServiceType.CLUSTER_IP,
            List.of(ip),
            List.of(ip.indexOf(':') >= 0 ? Family.IPV6 : Family.IPV4),
            List.of(ports),
            ServiceTopology.DEFAULT,
            false,
            created);
    services.add(
        new Translator(RoutingOptions.DEFAULT)
            .translate(
                new ServiceState(service, null, List.of(), Set.of(), ClusterTopology.EMPTY)));
  }
}

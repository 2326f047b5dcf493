package io.github.topologyxds.xds.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.TrafficAnnotations;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code topology-xds.io/max-connection-age}: rule 14 of docs/routing.md. */
class ConnectionAgesTest {
  private static final String IP = "10.96.0.1";
  private static final int PORT = 5432;

  private final List<ServiceTranslation> services = new ArrayList<>();

  /** What stands on the Service and on its Namespace, the port's name; the chain and findings. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'', '', pg, tcp, -",
        "10m, '', pg, tcp-600s, -",
        "600s, '', pg, tcp-600s, -",
        "1h30m, '', pg, tcp-5400s, -",
        "1m30s, '', pg, tcp-90s, -",
        "1s, '', pg, tcp-1s, -",
        "168h, '', pg, tcp-604800s, -",
        "168h1s, '', pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "0s, '', pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "600, '', pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "-10m, '', pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "10M, '', pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "1.5h, '', pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "30m1h, '', pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "'', 10m, pg, tcp-600s, -",
        "5m, 10m, pg, tcp-300s, -",
        "soon, 10m, pg, tcp-600s, MAX_CONNECTION_AGE_INVALID",
        "'', soon, pg, tcp, MAX_CONNECTION_AGE_INVALID",
        "10m, '', http-web, http, SETTING_WITHOUT_EFFECT",
        "'', 10m, http-web, http, -",
      })
  void theServiceElseItsNamespaceSaysIt(
      String ofService, String ofNamespace, String port, String chain, @Nullable Reason finding) {
    add(service("db", IP, 1, ofService, port), namespace(ofNamespace));

    assertThat(chainOf(IP, PORT)).isEqualTo(chain);
    assertThat(services.getFirst().findings())
        .extracting(Finding::reason)
        .filteredOn(reason -> reason != Reason.SERVICE_WITHOUT_SLICES)
        .isEqualTo(finding == null ? List.of() : List.of(finding));
  }

  @Test
  void aHeadlessServiceHasNoAddressToConnectTo() {
    ServiceModel headless =
        new ServiceModel(
            new ObjectName("shop", "db"),
            ServiceType.HEADLESS,
            List.of(),
            List.of(),
            List.of(new ServicePort("pg", PORT, Protocol.TCP, "")),
            asking("10m"),
            false,
            1);
    add(headless, null);
    assertThat(services.getFirst().findings())
        .extracting(Finding::reason)
        .contains(Reason.SETTING_WITHOUT_EFFECT);
  }

  @Test
  void theEightAgesOfTheOldestServicesAreThere() {
    for (int i = 10; i >= 1; i--) {
      add(service("db-" + i, "10.96.0." + i, i, i + "m", "pg"), null);
    }
    add(service("young", "10.96.0.11", 11, "480s", "pg"), null);

    ConnectionAges ages = ConnectionAges.of(ServiceRoute.oldestFirst(services));

    assertThat(ages.all()).containsExactly(60, 120, 180, 240, 300, 360, 420, 480);
    assertThat(ages.findings())
        .extracting(finding -> finding.reason() + " " + finding.object().toString())
        .containsExactly(
            "MAX_CONNECTION_AGES_LIMIT Service shop/db-10",
            "MAX_CONNECTION_AGES_LIMIT Service shop/db-9");
    assertThat(chainOf("10.96.0.8", PORT)).isEqualTo("tcp-480s");
    assertThat(chainOf("10.96.0.9", PORT)).isEqualTo("tcp");
    assertThat(chainOf("10.96.0.11", PORT)).isEqualTo("tcp-480s");
  }

  /** The number is HTTP elsewhere: an exception as any other. */
  @Test
  void anAgeOnANumberThatIsMostlyHttp() {
    add(service("web", IP, 1, "", "http"), null);
    add(service("web2", "10.96.0.2", 1, "", "http"), null);
    add(service("db", "10.96.0.3", 1, "10m", "pg"), null);
    add(service("raw", "10.96.0.4", 1, "", "raw"), null);
    assertThat(chainOf(IP, PORT)).isEqualTo("http");
    assertThat(chainOf("10.96.0.3", PORT)).isEqualTo("tcp-600s");
    assertThat(chainOf("10.96.0.4", PORT)).isEqualTo("tcp");
  }

  @Test
  void eachAgeIsAChainOfItsOwn() throws InvalidProtocolBufferException {
    add(service("db", IP, 1, "10m", "pg"), null);
    add(service("more", "10.96.0.2", 1, "600s", "pg"), null);
    OnDemandListeners listeners = new OnDemandListeners(List.of(), destinations(), "cluster.local");

    Listener listener =
        Listener.parseFrom(listeners.on(15001).iterator().next().packed().getValue());

    assertThat(listener.getFilterChainsList())
        .extracting(FilterChain::getName)
        .containsExactly("explicit", "http", "tcp", "tcp-600s");
    assertThat(maxSeconds(listener.getFilterChains(2))).isZero();
    assertThat(maxSeconds(listener.getFilterChains(3))).isEqualTo(600);
    // Who does not see the Services is told of no address of theirs, and needs no chain.
    assertThat(listeners.without(Set.of(IP, "10.96.0.2")).destinations().limitedChains()).isEmpty();
  }

  private static long maxSeconds(FilterChain chain) throws InvalidProtocolBufferException {
    return TcpProxy.parseFrom(chain.getFilters(1).getTypedConfig().getValue())
        .getMaxDownstreamConnectionDuration()
        .getSeconds();
  }

  private Destinations destinations() {
    List<ServiceRoute> routes = ServiceRoute.oldestFirst(services);
    return Destinations.of(routes, ConnectionAges.of(routes));
  }

  private String chainOf(String address, int port) {
    Destinations destinations = destinations();
    return destinations.exceptions().stream()
        .filter(some -> some.addresses().contains(address) && some.chains().containsKey(port))
        .map(some -> some.chains().get(port))
        .findFirst()
        .orElse(destinations.ports().contains(port) ? ListenerChain.HTTP : ListenerChain.TCP)
        .chainName();
  }

  private static ServiceTopology asking(String age) {
    return ServiceTopology.DEFAULT.with(annotated(age));
  }

  private static TrafficAnnotations annotated(String age) {
    return new TrafficAnnotations("", "", "", "", "", "", age, "");
  }

  private static NamespaceModel namespace(String age) {
    return new NamespaceModel("shop", "", "", annotated(age));
  }

  private static ServiceModel service(
      String name, String ip, long created, String age, String port) {
    return new ServiceModel(
        new ObjectName("shop", name),
        ServiceType.CLUSTER_IP,
        List.of(ip),
        List.of(Family.IPV4),
        List.of(new ServicePort(port, PORT, Protocol.TCP, "")),
        asking(age),
        false,
        created);
  }

  private void add(ServiceModel service, @Nullable NamespaceModel namespace) {
    services.add(
        new Translator(RoutingOptions.DEFAULT)
            .translate(
                new ServiceState(service, namespace, List.of(), Set.of(), ClusterTopology.EMPTY)));
  }
}

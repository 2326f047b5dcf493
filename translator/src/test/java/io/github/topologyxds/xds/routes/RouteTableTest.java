package io.github.topologyxds.xds.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.topology.address.ServiceRange;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.EnvoyValidity;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final List<ServiceTranslation> services = new ArrayList<>();

  @Test
  void shouldAnswerToEveryNameWithItsPortAndPort80WithoutOne() {
    add("shop", "cart", List.of("10.96.0.1"), tcp("http", 80), tcp("grpc", 9090));
    assertThat(domains("other", "shop/cart:http"))
        .containsExactlyInAnyOrder(
            "cart.shop:80",
            "cart.shop",
            "cart.shop.svc:80",
            "cart.shop.svc",
            "cart.shop.svc.example.org:80",
            "cart.shop.svc.example.org",
            "10.96.0.1:80",
            "10.96.0.1");
    assertThat(domains("shop", "shop/cart:grpc"))
        .containsExactlyInAnyOrder(
            "cart:9090",
            "cart.shop:9090",
            "cart.shop.svc:9090",
            "cart.shop.svc.example.org:9090",
            "10.96.0.1:9090");
  }

  @Test
  void shouldGiveTheOnlyPortTheNamesWithoutAPort() {
    add("shop", "db", List.of("fd00::1"), tcp("pg", 5432));
    assertThat(domains("", "shop/db:pg"))
        .contains("db.shop", "db.shop:5432", "[fd00::1]", "[fd00::1]:5432")
        .doesNotContain("db");
  }

  @Test
  void shouldGiveNobodyTheNamesWithoutAPortWhenThereAreSeveral() {
    add("shop", "db", List.of(), tcp("pg", 5432), tcp("metrics", 9100));
    assertThat(domains("shop", "shop/db:pg")).allMatch(domain -> domain.endsWith(":5432"));
  }

  @Test
  void shouldLeaveOutWhatHttpCannotReach() {
    add("edge", "dns", List.of(), new ServicePort("dns", 53, Protocol.UDP, ""), tcp("tcp", 53));
    assertThat(services.getFirst().routes())
        .extracting(ServiceRoute::clusterName)
        .containsExactly("edge/dns:tcp");
  }

  @Test
  void shouldGiveADomainToOneServiceOnly() {
    add("a", "one", List.of("10.96.0.9"), tcp("http", 80));
    add("a", "two", List.of("10.96.0.9"), tcp("http", 80));
    RouteTable table = new RouteTable(services, "example.org");
    assertThat(table.findings())
        .hasSize(2)
        .allMatch(finding -> finding.reason() == Reason.DOMAIN_CONFLICT)
        .allMatch(finding -> finding.object().toString().equals("Service a/two"));
    assertThat(domains("a", "a/two:http")).contains("two.a").doesNotContain("10.96.0.9");
  }

  @Test
  void shouldNotServeANameThatWouldBecomeAWildcard() {
    ServiceTranslation translation = translate("shop", "*", List.of(), tcp("http", 80));
    assertThat(translation.ports()).isEmpty();
    assertThat(translation.routes()).isEmpty();
    assertThat(translation.findings()).anyMatch(finding -> finding.reason() == Reason.NAME_INVALID);
  }

  @Test
  void shouldJoinBytesIntoWhatTheMessageItselfWouldWrite() throws Exception {
    add("shop", "cart", List.of("10.96.0.1"), tcp("http", 80), tcp("grpc", 9090));
    add("shop", "db", List.of("fd00::1"), tcp("pg", 5432));
    for (String namespace : List.of("shop", "other", "")) {
      XdsResource resource = new RouteTable(services, "example.org").forNamespace(namespace);
      RouteConfiguration message = resource.packed().unpack(RouteConfiguration.class);
      assertThat(XdsResource.of(ResourceType.ROUTE, ResourceNames.OUTBOUND, message))
          .isEqualTo(resource);
      assertThat(new RouteTable(services, "example.org").message(namespace)).isEqualTo(message);
    }
  }

  @Test
  void theOlderServiceKeepsADomainWhateverTheNames() {
    services.add(translate(RoutingOptions.DEFAULT, "a", "10.96.0.9", ServiceModel.AGE_UNKNOWN));
    services.add(translate(RoutingOptions.DEFAULT, "b", "10.96.0.9", 200));
    services.add(translate(RoutingOptions.DEFAULT, "c", "10.96.0.9", 100));
    assertThat(domains("", "shop/c:http")).contains("10.96.0.9", "10.96.0.9:80");
    assertThat(domains("", "shop/a:http")).doesNotContain("10.96.0.9");
    assertThat(domains("", "shop/b:http")).doesNotContain("10.96.0.9");
    assertThat(new RouteTable(services, "example.org").findings())
        .hasSize(4)
        .allMatch(finding -> finding.reason() == Reason.DOMAIN_CONFLICT)
        .allMatch(finding -> finding.message().contains("shop/c:http"));
  }

  @Test
  void theOrderOfVirtualHostsIsThatOfTheNames() throws InvalidProtocolBufferException {
    services.add(translate(RoutingOptions.DEFAULT, "a", "10.96.0.1", 300));
    services.add(translate(RoutingOptions.DEFAULT, "b", "10.96.0.2", 100));
    RouteConfiguration all =
        new RouteTable(services, "example.org")
            .forNamespace("")
            .packed()
            .unpack(RouteConfiguration.class);
    assertThat(all.getVirtualHostsList())
        .extracting(VirtualHost::getName)
        .containsExactly("shop/a:http", "shop/b:http");
  }

  /**
   * A domain changes hands, ports come and go, and most stays: nothing may be kept that is not so.
   */
  @Test
  void theNextTableIsWhatOneMadeAnewIs() throws InvalidProtocolBufferException {
    RouteTable table = new RouteTable(List.of(), "example.org");
    ServiceTranslation oldest = translate(RoutingOptions.DEFAULT, "c", "10.96.0.9", 100);
    ServiceTranslation other = translate(RoutingOptions.DEFAULT, "b", "10.96.0.9", 200);
    ServiceTranslation moved = translate(RoutingOptions.DEFAULT, "c", "10.96.0.8", 100);
    ServiceTranslation alone = translate("shop", "db", List.of("fd00::1"), tcp("pg", 5432));
    ServiceTranslation two =
        translate("shop", "db", List.of("fd00::1"), tcp("pg", 5432), tcp("metrics", 9100));
    for (List<ServiceTranslation> now :
        List.of(
            List.of(other),
            List.of(other, oldest, alone),
            List.of(other, moved, two),
            List.of(moved, alone),
            List.of(other, oldest),
            List.<ServiceTranslation>of())) {
      table = table.next(now);
      RouteTable anew = new RouteTable(now, "example.org");
      assertThat(table.findings()).isEqualTo(anew.findings());
      for (String namespace : List.of("shop", "other")) {
        assertThat(table.forNamespace(namespace)).isEqualTo(anew.forNamespace(namespace));
        assertThat(table.message(namespace))
            .isEqualTo(anew.forNamespace(namespace).packed().unpack(RouteConfiguration.class));
        assertThat(table.hostNames().clusterOf("10.96.0.9", namespace))
            .isEqualTo(anew.hostNames().clusterOf("10.96.0.9", namespace));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "0.0.0.0",
        "::",
        "169.254.169.254",
        "fe80::1",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "::ffff:10.96.0.1",
        "web.example.com",
        "10.96.0"
      })
  void anAddressThatNoServiceMayHaveMakesNoDomain(String ip) {
    ServiceTranslation translation = translate(RoutingOptions.DEFAULT, "a", ip, 0);
    assertThat(translation.routes().getFirst().clusterIps()).isEmpty();
    assertThat(translation.findings())
        .filteredOn(finding -> finding.reason() == Reason.CLUSTER_IP_INVALID)
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains(ip));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.96.0.1", "34.118.224.1", "8.8.8.8", "100.64.0.1", "fd00::1", "2001:db8::1"})
  void aPublicOneDoes(String ip) {
    ServiceTranslation translation = translate(RoutingOptions.DEFAULT, "a", ip, 0);
    assertThat(translation.routes().getFirst().clusterIps()).containsExactly(ip);
  }

  @Test
  void outsideOfTheGivenRangeItMakesNone() {
    ServiceRange range = new ServiceRange(List.of(Cidr.parse("10.96.0.0/16").orElseThrow()));
    RoutingOptions options =
        new RoutingOptions(
            Preference.NONE, true, NotReady.AUTO, RoutingOptions.DEFAULT.limits(), range);
    assertThat(translate(options, "a", "10.96.0.1", 0).routes().getFirst().clusterIps())
        .containsExactly("10.96.0.1");
    ServiceTranslation outside = translate(options, "a", "8.8.8.8", 0);
    assertThat(outside.routes().getFirst().clusterIps()).isEmpty();
    assertThat(outside.findings())
        .filteredOn(finding -> finding.reason() == Reason.CLUSTER_IP_OUT_OF_RANGE)
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("8.8.8.8"));
  }

  private static ServiceTranslation translate(
      RoutingOptions options, String name, String ip, long created) {
    ServiceModel service =
        new ServiceModel(
            new ObjectName("shop", name),
            ServiceType.CLUSTER_IP,
            List.of(ip),
            List.of(Family.IPV4),
            List.of(tcp("http", 80)),
            ServiceTopology.DEFAULT,
            false,
            created);
    return new Translator(options)
        .translate(new ServiceState(service, null, List.of(), Set.of(), ClusterTopology.EMPTY));
  }

  private List<String> domains(String clientNamespace, String clusterName) {
    try {
      RouteConfiguration configuration =
          new RouteTable(services, "example.org")
              .forNamespace(clientNamespace)
              .packed()
              .unpack(RouteConfiguration.class);
      assertThat(EnvoyValidity.violation(configuration)).isEmpty();
      return configuration.getVirtualHostsList().stream()
          .filter(host -> host.getName().equals(clusterName))
          .map(VirtualHost::getDomainsList)
          .flatMap(List::stream)
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private void add(String namespace, String name, List<String> ips, ServicePort... ports) {
    services.add(translate(namespace, name, ips, ports));
  }

  private static ServiceTranslation translate(
      String namespace, String name, List<String> ips, ServicePort... ports) {
    ServiceModel service =
        new ServiceModel(
            new ObjectName(namespace, name),
            ServiceType.CLUSTER_IP,
            ips,
            List.of(Family.IPV4),
            List.of(ports),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN);
    return new Translator(RoutingOptions.DEFAULT)
        .translate(new ServiceState(service, null, List.of(), Set.of(), ClusterTopology.EMPTY));
  }

  private static ServicePort tcp(String name, int number) {
    return new ServicePort(name, number, Protocol.TCP, "");
  }
}

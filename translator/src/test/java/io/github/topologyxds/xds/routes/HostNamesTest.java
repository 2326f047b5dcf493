package io.github.topologyxds.xds.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.ondemand.OnDemandNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the hosts of requests, and the names that sidecars ask for, mean. */
class HostNamesTest {
  private final List<ServiceTranslation> services = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "cart, shop/cart:http, ''",
    "cart:80, shop/cart:http, ''",
    "cart.shop, shop/cart:http, ''",
    "CART.Shop., shop/cart:http, ''",
    "cart.shop.svc.cluster.local.:80, shop/cart:http, ''",
    "cart.shop:9090, shop/cart:grpc, ''",
    "10.96.0.1, shop/cart:http, ''",
    "10.96.0.1:9090, shop/cart:grpc, ''",
    "[fd00::1]:9090, shop/cart:grpc, ''",
    "db.shop, shop/db:pg, ''",
    "db-0.db, shop/db:pg, db-0",
    "db-0.db:5432, shop/db:pg, db-0",
    "DB-0.db.shop., shop/db:pg, db-0",
    "db-0.db.shop.svc.cluster.local:5432, shop/db:pg, db-0"
  })
  void leadToAPortOrToAPod(String name, String clusterName, String hostname) {
    world();
    HostDestination found = names().destinationOf(name, "shop", HostNamesTest::isPod);
    assertThat(found).isNotNull();
    assertThat(found.clusterName()).isEqualTo(clusterName);
    assertThat(found.hostname()).isEqualTo(hostname);
  }

  @ParameterizedTest
  @CsvSource({
    "cart",
    "db-0.db",
    "db-1.db.shop",
    "cart.shop:81",
    "a.cart.shop",
    "www.example.com",
    "''",
    ".",
    ":80",
    ".db.shop",
    "x.db-0.db.shop"
  })
  void leadNowhereFromAnotherNamespaceOrIfThereIsNoSuchPod(String name) {
    world();
    assertThat(names().destinationOf(name, "other", HostNamesTest::isPod)).isNull();
  }

  /** People ask for a Service or Pod, whose ports are several, or none without a number. */
  @ParameterizedTest
  @CsvSource({
    "cart.shop, shop, cart, ''",
    "db.shop, shop, db, ''",
    "wide.shop, shop, wide, ''",
    "wide, shop, wide, ''",
    "WIDE.shop.svc.cluster.local., shop, wide, ''",
    "10.96.0.7, shop, wide, ''",
    "pods-1.pods.shop, shop, pods, pods-1",
    "pods-1.pods, shop, pods, pods-1",
    "db-0.db, shop, db, db-0"
  })
  void areKnownByAnyPort(String host, String namespace, String service, String hostname) {
    world();
    add("shop", "wide", ServiceType.CLUSTER_IP, List.of("10.96.0.7"), tcp("a", 1), tcp("b", 2));
    add("shop", "pods", ServiceType.HEADLESS, List.of(), tcp("a", 1), tcp("b", 2));
    HostDestination found = names().byAnyPort(host, "shop", HostNamesTest::isPod);
    assertThat(found).isNotNull();
    assertThat(found.service()).isEqualTo(new ObjectName(namespace, service));
    assertThat(found.hostname()).isEqualTo(hostname);
    assertThat(names().byAnyPort("none.shop", "shop", HostNamesTest::isPod)).isNull();
    assertThat(names().byAnyPort("wide", "pay", HostNamesTest::isPod)).isNull();
  }

  /** As a Pod's search path: db-0.db.shop.svc is tried before db-0.db.svc. */
  @Test
  void twoLabelsAreAPodOfTheOwnNamespaceBeforeTheyAreAServiceElsewhere() {
    world();
    add("db", "db-0", ServiceType.CLUSTER_IP, List.of("10.96.0.9"), tcp("http", 80));
    assertThat(names().destinationOf("db-0.db", "shop", HostNamesTest::isPod))
        .isEqualTo(new HostDestination("shop/db:pg", new ObjectName("shop", "db"), "db-0"));
    assertThat(names().destinationOf("db-0.db", "other", HostNamesTest::isPod))
        .isEqualTo(new HostDestination("db/db-0:http", new ObjectName("db", "db-0"), ""));
    assertThat(names().destinationOf("db-0.db", "shop", (service, hostname) -> false))
        .isEqualTo(new HostDestination("db/db-0:http", new ObjectName("db", "db-0"), ""));
  }

  /** What of a Service changes is looked up under the names that lead there, and no others. */
  @Test
  void allNamesOfAPortLeadToIt() {
    world();
    for (ServiceTranslation service : services) {
      for (ServiceRoute route : service.routes()) {
        assertThat(OnDemandNames.of(route, "cluster.local"))
            .isNotEmpty()
            .allSatisfy(name -> {
              assertThat(OnDemandNames.isHost(name) || OnDemandNames.isAddress(name)).isTrue();
              String host = OnDemandNames.isHost(name) ? OnDemandNames.hostOf(name) : name;
              assertThat(names().clusterOf(host, service.service().namespace()))
                  .isEqualTo(route.clusterName());
            });
      }
    }
    assertThat(OnDemandNames.ofPod(services.getLast().routes().getFirst(), "db-0", "cluster.local"))
        .contains("//db-0.db", "//db-0.db.shop:5432", "//db-0.db.shop.svc.cluster.local")
        .allSatisfy(name ->
            assertThat(
                    names().destinationOf(OnDemandNames.hostOf(name), "shop", HostNamesTest::isPod))
                .isNotNull()
                .extracting(HostDestination::hostname)
                .isEqualTo("db-0"));
  }

  @Test
  void namesOfOtherResourcesAreNeitherHostsNorAddresses() {
    for (String name : List.of("shop/cart:http", "0/1:2", "passthrough", "none", "", "10.0.0.1")) {
      assertThat(OnDemandNames.isHost(name) || OnDemandNames.isAddress(name)).isFalse();
    }
  }

  private static boolean isPod(ObjectName service, String hostname) {
    return service.name().equals("db") && hostname.equals("db-0");
  }

  private void world() {
    add(
        "shop",
        "cart",
        ServiceType.CLUSTER_IP,
        List.of("10.96.0.1", "fd00::1"),
        tcp("http", 80),
        tcp("grpc", 9090));
    add("shop", "db", ServiceType.HEADLESS, List.of(), tcp("pg", 5432));
  }

  private HostNames names() {
    return new RouteTable(services, "cluster.local").hostNames();
  }

  private void add(
      String namespace, String name, ServiceType type, List<String> ips, ServicePort... ports) {
    ServiceModel service =
        new ServiceModel(
            new ObjectName(namespace, name),
            type,
            ips,
            List.of(Family.IPV4),
            List.of(ports),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN);
    services.add(
        new Translator(RoutingOptions.DEFAULT)
            .translate(
                new ServiceState(service, null, List.of(), Set.of(), ClusterTopology.EMPTY)));
  }

  private static ServicePort tcp(String name, int number) {
    return new ServicePort(name, number, Protocol.TCP, "");
  }
}

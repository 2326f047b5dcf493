package io.github.topologyxds.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.resources.visibility.Sights;
import io.github.topologyxds.topology.settings.MaxConnectionAge;
import io.github.topologyxds.topology.settings.Visibility;
import io.github.topologyxds.xds.PodNames;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Route configurations of clients that call some Services only. */
class RouteTablesTest {
  private static final int SERVICES = 1000;

  private final RouteTables tables =
      new RouteTables(
          IntStream.range(0, SERVICES).mapToObj(RouteTablesTest::service).toList(),
          "cluster.local",
          Sights.UNLIMITED);

  private static ServiceTranslation service(int number) {
    ObjectName name = new ObjectName("shop", "s" + number);
    ServicePort port = new ServicePort("http", 80, Protocol.TCP, "");
    ServiceRoute route =
        new ServiceRoute(
            name,
            port,
            ServiceType.CLUSTER_IP,
            List.of(),
            true,
            MaxConnectionAge.NONE,
            ServiceModel.AGE_UNKNOWN);
    return new ServiceTranslation(
        name,
        List.of(),
        List.of(route),
        new PodNames(name, Set.of()),
        Visibility.everybody("shop"),
        List.of());
  }

  @Test
  void areOneForAllWhoCallTheSame() {
    XdsResource two = of(Set.of("shop/s1", "shop/s2"));

    assertThat(of(Set.of("shop/s2", "shop/s1"))).isSameAs(two);
    assertThat(of(Set.of("shop/s1"))).isNotEqualTo(two);
    assertThat(two.packed().toString()).contains("shop/s1:http").doesNotContain("shop/s3:http");
  }

  @Test
  void areTheSameWhateverElseAClientMakesUp() {
    XdsResource all = of(Set.of("shop/*"));
    for (int i = 0; i < 50; i++) {
      assertThat(of(Set.of("shop/*", "shop/s" + i, "shop/made-up-" + i, "made-up/*")))
          .isSameAs(all);
    }
    assertThat(tables.scopedSize()).isEqualTo(1);
  }

  /** Who calls nothing that exists gets nothing, not everything. */
  @Test
  void areEmptyForWhoCallsNothing() {
    assertThat(of(Set.of("shop/made-up")).packed().getValue().size()).isLessThan(20);
    assertThat(of(Set.of("made-up/*"))).isSameAs(of(Set.of("shop/made-up")));
  }

  @Test
  void areKeptOnlyWhileTheyTakeLittle() {
    XdsResource first = of(allBut(0));
    for (int i = 1; i < 100; i++) {
      assertThat(of(allBut(i)).packed().getValue().size()).isGreaterThan(400_000);
    }

    assertThat(tables.scopedSize()).isBetween(20, (32 << 20) / 400_000);
    assertThat(of(allBut(0))).isEqualTo(first).isNotSameAs(first);
    assertThat(of(allBut(99))).isSameAs(of(allBut(99)));
  }

  /** Pods that come and go by the thousand must not make routes be built anew. */
  @Test
  void dependOnPodsOnlyWhereAServiceIsCalledAsOneIs() {
    RouteTables of =
        new RouteTables(
            List.of(headless("db", "db-0"), service(1), db("db-1")),
            "cluster.local",
            Sights.UNLIMITED);

    assertThat(of.areEqualWith(headless("db", "db-0", "db-2", "db-3"), headless("db"))).isTrue();
    assertThat(of.areEqualWith(headless("db", "db-0", "db-1"), headless("db", "db-0"))).isFalse();
    assertThat(of.areEqualWith(headless("db"), headless("db", "db-1"))).isFalse();
    assertThat(of.areEqualWith(headless("other", "db-1"), headless("other"))).isTrue();
  }

  private static ServiceTranslation headless(String name, String... hostnames) {
    ObjectName service = new ObjectName("shop", name);
    ServicePort port = new ServicePort("http", 80, Protocol.TCP, "");
    ServiceRoute route =
        new ServiceRoute(
            service,
            port,
            ServiceType.HEADLESS,
            List.of(),
            true,
            MaxConnectionAge.NONE,
            ServiceModel.AGE_UNKNOWN);
    PodNames pods = new PodNames(service, Set.of(hostnames));
    return new ServiceTranslation(
        service, List.of(), List.of(route), pods, Visibility.everybody("shop"), List.of());
  }

  /** A Service of Namespace db. */
  private static ServiceTranslation db(String name) {
    ObjectName service = new ObjectName("db", name);
    ServicePort port = new ServicePort("http", 80, Protocol.TCP, "");
    ServiceRoute route =
        new ServiceRoute(
            service,
            port,
            ServiceType.CLUSTER_IP,
            List.of(),
            true,
            MaxConnectionAge.NONE,
            ServiceModel.AGE_UNKNOWN);
    PodNames none = new PodNames(service, Set.of());
    return new ServiceTranslation(
        service, List.of(), List.of(route), none, Visibility.everybody("db"), List.of());
  }

  private static Set<String> allBut(int left) {
    return IntStream.range(0, SERVICES)
        .filter(i -> i != left)
        .mapToObj(i -> "shop/s" + i)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private XdsResource of(Set<String> scope) {
    return tables.of("", new ServiceScope(scope), Sights.UNLIMITED.of(""));
  }
}

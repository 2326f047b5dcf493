package io.github.topologyxds.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.XdsResource;
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
          IntStream.range(0, SERVICES).mapToObj(RouteTablesTest::route).toList(), "cluster.local");

  private static ServiceRoute route(int number) {
    return new ServiceRoute(
        new ObjectName("shop", "s" + number),
        new ServicePort("http", 80, Protocol.TCP, ""),
        List.of(),
        true);
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

  private static Set<String> allBut(int left) {
    return IntStream.range(0, SERVICES)
        .filter(i -> i != left)
        .mapToObj(i -> "shop/s" + i)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private XdsResource of(Set<String> scope) {
    return tables.of("", new ServiceScope(scope));
  }
}

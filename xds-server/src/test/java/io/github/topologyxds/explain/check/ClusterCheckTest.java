package io.github.topologyxds.explain.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.PerService;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is asked again and again costs what has changed, and is what a first look would see. */
class ClusterCheckTest {
  private static final String NODES =
      """
      {apiVersion: v1, kind: Node, metadata: {name: node-a, labels: {topology.kubernetes.io/zone: zone-a}}}
      ---
      {apiVersion: v1, kind: Node, metadata: {name: node-b, labels: {topology.kubernetes.io/zone: zone-b}}}
      """;

  private final Changing cluster = new Changing();

  /** A cluster that becomes another: of what stays the same its states stay the same. */
  private static final class Changing implements ClusterSnapshot {
    private final SortedMap<ObjectName, ServiceState> services = new TreeMap<>();
    private SortedMap<String, NodeModel> nodes = new TreeMap<>();

    void put(String service, String distribution) {
      OfflineWorld world = world(service, distribution);
      services.putAll(states(world));
      nodes = world.nodes();
    }

    private static SortedMap<ObjectName, ServiceState> states(OfflineWorld world) {
      SortedMap<ObjectName, ServiceState> states = new TreeMap<>();
      world.services().forEach(name -> states.put(name, world.service(name).orElseThrow()));
      return states;
    }

    @Override
    public SortedSet<ObjectName> services() {
      return new TreeSet<>(services.keySet());
    }

    @Override
    public Optional<ServiceState> service(ObjectName name) {
      return Optional.ofNullable(services.get(name));
    }

    @Override
    public SortedMap<String, NodeModel> nodes() {
      return nodes;
    }

    @Override
    public ShiftVerdict shifts() {
      return ShiftVerdict.NONE;
    }

    @Override
    public List<Finding> findings() {
      return List.of();
    }
  }

  private static OfflineWorld world(String service, String distribution) {
    String objects =
        """
        {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: %1$s},
         spec: {clusterIP: 10.96.0.1, ports: [{port: 80}]%2$s}}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
         metadata: {namespace: shop, name: %1$s-1, labels: {kubernetes.io/service-name: %1$s}},
         ports: [{port: 8080}],
         endpoints: [{addresses: [10.0.1.1], zone: zone-a}, {addresses: [10.0.2.1], zone: zone-b}]}
        ---
        """
            .formatted(service, distribution);
    return new OfflineWorld(Manifests.of("world.yaml", objects + NODES));
  }

  @Test
  void shouldSayWhatAFirstLookWould() {
    ClusterCheck kept = new ClusterCheck(cluster, RoutingOptions.DEFAULT);
    for (String distribution : List.of("", ", trafficDistribution: PreferSameZone", "")) {
      cluster.put("cart", distribution);
      Check first = new ClusterCheck(cluster, RoutingOptions.DEFAULT).check(List.of());
      assertThat(kept.check(List.of())).isEqualTo(first);
      assertThat(first.services()).isOne();
    }
    Check before = kept.check(List.of());
    cluster.put("pay", ", trafficDistribution: PreferSameZone");
    assertThat(kept.check(List.of()))
        .isNotEqualTo(before)
        .isEqualTo(new ClusterCheck(cluster, RoutingOptions.DEFAULT).check(List.of()));
  }

  @Test
  void shouldWorkOutWhatHasChangedAlone() {
    List<String> worked = new ArrayList<>();
    PerService<String> memory = new PerService<>(cluster);
    cluster.put("cart", "");
    cluster.put("pay", "");
    assertThat(names(memory, "context", worked)).containsExactly("shop/cart", "shop/pay");
    assertThat(worked).containsExactly("shop/cart", "shop/pay");
    assertThat(names(memory, "context", worked)).containsExactly("shop/cart", "shop/pay");
    assertThat(worked).hasSize(2);

    cluster.put("pay", ", trafficDistribution: PreferSameZone");
    assertThat(names(memory, "context", worked)).containsExactly("shop/cart", "shop/pay");
    assertThat(worked).containsExactly("shop/cart", "shop/pay", "shop/pay");

    cluster.services.remove(new ObjectName("shop", "cart"));
    assertThat(names(memory, "context", worked)).containsExactly("shop/pay");
    assertThat(names(memory, "another", worked)).containsExactly("shop/pay");
    assertThat(worked).hasSize(4);
  }

  private static List<String> names(
      PerService<String> memory, String context, List<String> worked) {
    return memory.all(
        context,
        state -> {
          String name = state.service().name().toString();
          worked.add(name);
          return name;
        });
  }
}

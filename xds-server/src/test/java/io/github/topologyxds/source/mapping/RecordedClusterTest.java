package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.ModelObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects of a real Kubernetes 1.36.3 control plane, as kubectl printed them. */
class RecordedClusterTest {
  private static Manifests.Loaded cluster;

  @BeforeAll
  static void load() throws Exception {
    cluster = Manifests.load(List.of(Path.of("src/test/resources/cluster")));
  }

  @Test
  void everyObjectIsAcceptedAndLegacyEndpointsArePassedOver() {
    assertThat(services()).hasSize(16);
    assertThat(slices()).hasSize(20);
    assertThat(nodes()).hasSize(6);
    assertThat(cluster.passedOver()).isEqualTo(Map.of("v1 Endpoints", 1));
    assertThat(cluster.findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.KIND_PASSED_OVER);
    assertThat(cluster.failed()).isEmpty();
  }

  @Test
  void endpointsWithTheirHintsAndConditions() {
    List<EndpointModel> endpoints = slices().stream().flatMap(s -> s.endpoints().stream()).toList();
    assertThat(endpoints).hasSize(67);
    assertThat(count(endpoints, e -> !e.hints().zones().isEmpty())).isEqualTo(36);
    assertThat(count(endpoints, e -> !e.hints().nodes().isEmpty())).isEqualTo(5);
    assertThat(count(endpoints, e -> !e.readiness().ready())).isEqualTo(5);
    assertThat(count(endpoints, e -> e.readiness().terminating())).isEqualTo(2);
    assertThat(count(slices(), s -> s.addressType() == AddressType.IPV6)).isEqualTo(1);
    assertThat(count(slices(), s -> s.addressType() == AddressType.FQDN)).isEqualTo(1);
    assertThat(count(slices(), SliceModel::headlessLabel)).isEqualTo(1);
    assertThat(slices().stream().filter(s -> s.endpoints().isEmpty()).map(SliceModel::ports))
        .containsExactly(List.of());
  }

  @Test
  void whatTheServicesAsk() {
    assertThat(count(services(), s -> s.type() == ServiceType.HEADLESS)).isEqualTo(1);
    assertThat(count(services(), s -> s.type() == ServiceType.EXTERNAL_NAME)).isEqualTo(1);
    assertThat(service("dual").ipFamilies()).containsExactly(Family.IPV4, Family.IPV6);
    assertThat(service("dual").clusterIps()).containsExactly("10.96.18.34", "fd00:10:96::a2b7");
    assertThat(count(services(), s -> s.topology().auto())).isEqualTo(3);
    assertThat(count(services(), s -> s.topology().localOnly())).isEqualTo(1);
    assertThat(service("checkout").topology().trafficDistribution())
        .isEqualTo(TrafficDistribution.PREFER_SAME_NODE);
    assertThat(service("rolling").topology().trafficDistribution())
        .isEqualTo(TrafficDistribution.PREFER_SAME_ZONE);
  }

  @Test
  void nodesWithTheirZones() {
    assertThat(nodes())
        .extracting(NodeModel::zone)
        .containsExactly("zone-a", "zone-a", "zone-b", "zone-b", "zone-c", "zone-c");
    assertThat(nodes()).extracting(NodeModel::region).containsOnly("region-1");
  }

  private static ServiceModel service(String name) {
    return services().stream().filter(s -> s.name().name().equals(name)).findFirst().orElseThrow();
  }

  private static List<ServiceModel> services() {
    return only(ModelObject.OfService.class).map(ModelObject.OfService::model).toList();
  }

  private static List<SliceModel> slices() {
    return only(ModelObject.OfSlice.class).map(ModelObject.OfSlice::model).toList();
  }

  private static List<NodeModel> nodes() {
    return only(ModelObject.OfNode.class).map(ModelObject.OfNode::model).toList();
  }

  private static <T extends ModelObject> Stream<T> only(Class<T> kind) {
    return cluster.objects().stream().filter(kind::isInstance).map(kind::cast);
  }

  private static <T> long count(List<T> all, Predicate<T> which) {
    return all.stream().filter(which).count();
  }
}

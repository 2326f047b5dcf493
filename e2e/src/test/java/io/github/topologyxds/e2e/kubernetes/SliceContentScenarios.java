package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.ForZone;
import io.github.topologyxds.e2e.bench.Wait;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in slices of ours, against any API server. */
abstract class SliceContentScenarios extends SliceCluster {
  private List<Endpoint> published(String service, String addressType) {
    return slices().ours(service, addressType).stream()
        .flatMap(slice -> slice.getEndpoints() == null ? null : slice.getEndpoints().stream())
        .toList();
  }

  private Endpoint awaitOnly(String service, String addressType, String address) {
    Wait.until(address + " is all that is published")
        .untilAsserted(() ->
            assertThat(published(service, addressType))
                .flatExtracting(Endpoint::getAddresses)
                .containsExactly(address));
    return published(service, addressType).getFirst();
  }

  private static List<String> zoneHints(Endpoint endpoint) {
    return endpoint.getHints() == null
        ? List.of()
        : endpoint.getHints().getForZones().stream().map(ForZone::getName).toList();
  }

  @Test
  void endpointsThatKubernetesIsToldNotToMirrorAreMirrored() throws Exception {
    String node = namespace() + "-node";
    objects().node(node, "zone-c");
    objects().service("legacy", "topology-xds.io/mirror: \"true\"");
    legacyEndpoints("{endpointslice.kubernetes.io/skip-mirror: \"true\"}", node);
    try (SliceReplica replica = start()) {
      Endpoint endpoint = awaitOnly("legacy", "IPv4", "10.77.1.1");
      assertThat(endpoint.getZone()).isEqualTo("zone-c");
      assertThat(endpoint.getNodeName()).isEqualTo(node);
      assertThat(zoneHints(endpoint)).containsExactly("zone-c");
      assertThat(endpoint.getConditions()).isEqualTo(new EndpointConditions(true, true, false));
      assertThat(slices().ours("legacy", "IPv4").getFirst().getPorts())
          .extracting(port -> port.getName() + " " + port.getPort())
          .containsExactly("http 8080");

      objects().node(node, "zone-d");
      Wait.until("the Node has moved")
          .untilAsserted(() ->
              assertThat(zoneHints(awaitOnly("legacy", "IPv4", "10.77.1.1")))
                  .containsExactly("zone-d"));

      legacyEndpoints("{}", node);
      Wait.until("Kubernetes may mirror it again")
          .untilAsserted(() -> assertThat(slices().ours("legacy", "IPv4")).isEmpty());
      Wait.until("the Event")
          .untilAsserted(() -> assertThat(slices().events()).contains("MIRROR_REFUSED legacy"));
      assertThat(replica.leads()).isTrue();
    }
  }

  private void legacyEndpoints(String labels, String node) {
    objects()
        .raw(
            """
            apiVersion: v1
            kind: Endpoints
            metadata: {name: legacy, labels: %s}
            subsets:
            - addresses: [{ip: 10.77.1.1, nodeName: %s}]
              ports: [{name: http, port: 8080}]
            """
                .formatted(labels, node));
  }

  @Test
  void eachFamilyHasSlicesOfItsOwn() throws Exception {
    objects()
        .raw(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: both}
            spec:
              selector: {app: both}
              ipFamilyPolicy: RequireDualStack
              ipFamilies: [IPv4, IPv6]
              trafficDistribution: PreferSameZone
              ports: [{name: pg, port: 5432, targetPort: pg}]
            """);
    objects().workload("vm-6", "both", "zone-a", "10.88.6.1", "fd00:88::6:1");
    try (SliceReplica replica = start()) {
      Endpoint four = awaitOnly("both", "IPv4", "10.88.6.1");
      Endpoint six = awaitOnly("both", "IPv6", "fd00:88::6:1");
      assertThat(zoneHints(four)).containsExactly("zone-a");
      assertThat(zoneHints(six)).containsExactly("zone-a");
      EndpointSlice untouched = slices().ours("both", "IPv4").getFirst();

      objects().workload("vm-6", "both", "zone-a", "10.88.6.1");
      Wait.until("the IPv6 slice is gone")
          .untilAsserted(() -> assertThat(slices().ours("both", "IPv6")).isEmpty());
      assertThat(slices().ours("both", "IPv4").getFirst()).isEqualTo(untouched);
      assertThat(replica.leads()).isTrue();
    }
  }

  /** status.conditions of an ExternalWorkload: it stays known, and is not ready. */
  @Test
  void aWorkloadIsReadyUnlessItsConditionSaysOtherwise() throws Exception {
    objects().selecting("checked", "checked");
    objects().workload("vm-7", "checked", "zone-a", "10.88.7.1");
    try (SliceReplica replica = start()) {
      Endpoint endpoint = awaitOnly("checked", "IPv4", "10.88.7.1");
      assertThat(endpoint.getConditions()).isEqualTo(new EndpointConditions(true, true, false));
      for (String notReady : List.of("False", "Unknown")) {
        objects().workloadReady("vm-7", notReady);
        awaitConditions(new EndpointConditions(false, false, false));
        assertThat(zoneHints(awaitOnly("checked", "IPv4", "10.88.7.1")))
            .as("kube-proxy asks for no hint of what is not ready")
            .isEmpty();
        objects().workloadReady("vm-7", "True");
        awaitConditions(new EndpointConditions(true, true, false));
      }
      assertThat(replica.leads()).isTrue();
    }
  }

  private void awaitConditions(EndpointConditions expected) {
    Wait.until("the conditions are " + expected)
        .untilAsserted(() ->
            assertThat(awaitOnly("checked", "IPv4", "10.88.7.1").getConditions())
                .isEqualTo(expected));
  }
}

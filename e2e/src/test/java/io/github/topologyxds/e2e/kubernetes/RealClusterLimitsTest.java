package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.topology.settings.ServiceLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As many endpoints in a slice, and as many ports of a Service, as the API lets in. */
@Tag("real-cluster")
class RealClusterLimitsTest {
  private static final Logger LOG = LoggerFactory.getLogger(RealClusterLimitsTest.class);
  private static final int SERVICES = 100;
  private static final int ENDPOINTS = 1_000;
  private static final int TOO_MANY_PORTS = 20_000;

  private final Path kubeconfig = RealCluster.kubeconfig();

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void aHundredThousandEndpointsAreThereWithinTenSeconds() throws Exception {
    try (ClusterReader reader = new ClusterReader(kubeconfig);
        TestObjects objects = new TestObjects(reader.client(), namespace)) {
      objects.namespace();
      for (int service = 0; service < SERVICES; service++) {
        objects.service("s" + service, "");
        objects.slice("s" + service, "s" + service, "zone-a", addresses(service, ENDPOINTS));
      }
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(
              () -> objects.slice("s0", "more", "zone-a", addresses(SERVICES, ENDPOINTS + 1)))
          .satisfies(e -> assertThat(e.getCode()).isEqualTo(422));
      long begun = System.nanoTime();
      try (LiveBench bench = LiveBench.start(kubeconfig, "no-node", namespace)) {
        Duration synced = since(begun);
        bench.awaitMembers(SERVICES * ENDPOINTS);
        Duration routed = since(begun);
        LOG.info(
            "{} Services x {} endpoints: {} until an Envoy is ready, {} until it has them all",
            SERVICES,
            ENDPOINTS,
            synced,
            routed);
        assertThat(routed).isLessThanOrEqualTo(Duration.ofSeconds(10));
      }
    }
  }

  /** As the role {@code edit} lets any tenant create it. */
  @Test
  void aServiceOfTwentyThousandPortsCostsOnlyItself() throws Exception {
    try (ClusterReader reader = new ClusterReader(kubeconfig);
        TestObjects objects = new TestObjects(reader.client(), namespace)) {
      objects.namespace();
      objects.service("web", "");
      objects.slice("web", "web", "zone-a", "10.77.0.1");
      objects.raw(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: huge}
          spec: {ports: [%s]}
          """
              .formatted(ports(TOO_MANY_PORTS, "{name: p%d, port: %d}")));
      objects.raw(
          """
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: {name: huge, labels: {kubernetes.io/service-name: huge}}
          addressType: IPv4
          ports: [%s]
          endpoints: [{addresses: [10.77.1.1], zone: zone-a}]
          """
              .formatted(ports(100, "{name: p%d, port: %d}")));
      try (LiveBench bench = LiveBench.start(kubeconfig, "no-node", namespace)) {
        Wait.until("the other Service and what is served of the huge one")
            .untilAsserted(() -> {
              assertThat(bench.clusters()).containsKey(namespace + "/web:http");
              assertThat(bench.clusters()).hasSize(1 + ServiceLimits.DEFAULT.ports());
            });
        String metrics = bench.admin("/metrics").body();
        assertThat(metrics).contains("topology_xds_findings{reason=\"SERVICE_PORTS_LIMIT\"} 1.0");
        assertThat(bench.clusters().get(namespace + "/huge:p1"))
            .as("the lowest ports are served")
            .hasSize(1);
        bench.assertNeverEmpty(namespace + "/web:http");
        long mib = bench.envoy().stats("server.memory_allocated").values().iterator().next() >> 20;
        LOG.info("an Envoy beside a Service of {} ports: {} MiB", TOO_MANY_PORTS, mib);
        assertThat(mib).as("MiB, 1,480 with all of them").isLessThan(200);
      }
    }
  }

  private static String ports(int count, String port) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> port.formatted(i, i))
        .collect(Collectors.joining(", "));
  }

  private static Duration since(long nanos) {
    return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos));
  }

  private static String[] addresses(int service, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10.%d.%d.%d".formatted(100 + service, i >> 8, i & 255))
        .toArray(String[]::new);
  }
}

package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As many endpoints in a slice as the API lets in. */
@Tag("real-cluster")
class RealClusterLimitsTest {
  private static final Logger LOG = LoggerFactory.getLogger(RealClusterLimitsTest.class);
  private static final int SERVICES = 100;
  private static final int ENDPOINTS = 1_000;

  private final Path kubeconfig =
      Path.of(
          Objects.requireNonNull(
              System.getenv("TOPOLOGY_XDS_TEST_KUBECONFIG"),
              "set TOPOLOGY_XDS_TEST_KUBECONFIG to the kubeconfig of a cluster for tests"));

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

  private static Duration since(long nanos) {
    return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos));
  }

  private static String[] addresses(int service, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10.%d.%d.%d".formatted(100 + service, i >> 8, i & 255))
        .toArray(String[]::new);
  }
}

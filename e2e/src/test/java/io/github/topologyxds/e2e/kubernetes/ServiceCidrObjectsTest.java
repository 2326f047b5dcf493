package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.Injection;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.serve.ControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Envoy of a sidecar on demand takes for Services, by a cluster's ServiceCIDRs. */
class ServiceCidrObjectsTest {
  private static final Pattern RANGE =
      Pattern.compile("\"address_prefix\": \"([^\"]+)\",\\s+\"prefix_len\": (\\d+)");

  @TempDir private Path folder = Path.of("");
  private final ApiServer api = ApiServer.start();

  @BeforeEach
  void aCluster() {
    cidr("kubernetes", "10.96.0.0/12, fd00:96::/64");
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    api.put(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {clusterIP: 10.96.0.10, ports: [{name: http, port: 80}]}
        """);
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void followsTheObjectsAndABadRangeCostsItselfAlone() throws Exception {
    try (ControlPlane server = LiveBench.serve(api.kubeconfig(folder), 0);
        EnvoyProcess envoy = sidecar(server)) {
      await(envoy, "10.96.0.0/12", "fd00:96::/64");

      cidr("more", "10.200.0.0/16, 127.0.0.0/8");
      await(envoy, "10.96.0.0/12", "10.200.0.0/16", "fd00:96::/64");
      assertThat(server.store().findings().count(Reason.SERVICE_CIDR_INVALID)).isEqualTo(1);

      api.delete(ResourceKind.SERVICE_CIDRS, "", "more");
      await(envoy, "10.96.0.0/12", "fd00:96::/64");
      assertThat(server.store().findings().count(Reason.SERVICE_CIDR_INVALID)).isZero();
    }
  }

  @Test
  void withoutTheRightTheAddressesTellUntilItIsGiven() throws Exception {
    Injection refused =
        api.faults().inject(new Fault.Forbidden(), Where.of(ResourceKind.SERVICE_CIDRS));
    try (ControlPlane server = LiveBench.serve(api.kubeconfig(folder), 0);
        EnvoyProcess envoy = sidecar(server)) {
      await(envoy, "10.96.0.0/24");
      refused.lift();
      await(envoy, "10.96.0.0/12", "fd00:96::/64");
      api.faults().inject(new Fault.Forbidden(), Where.of(ResourceKind.SERVICE_CIDRS));
      api.put("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
      await(envoy, "10.96.0.0/12", "fd00:96::/64");
    }
  }

  @Test
  void theFirstStateDoesNotWaitForTheObjectsForLong() throws Exception {
    Injection broken =
        api.faults().inject(new Fault.HttpError(500), Where.of(ResourceKind.SERVICE_CIDRS));
    try (ControlPlane server = LiveBench.serve(api.kubeconfig(folder), 0);
        EnvoyProcess envoy = sidecar(server)) {
      await(envoy, "10.96.0.0/24");
      broken.lift();
      await(envoy, "10.96.0.0/12", "fd00:96::/64");
    }
  }

  private void cidr(String name, String ranges) {
    api.put(
        """
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: %s}
        spec: {cidrs: [%s]}
        """
            .formatted(name, ranges.replaceAll("[^ ,]+", "'$0'")));
  }

  private static EnvoyProcess sidecar(ControlPlane server) throws IOException {
    Wait.until("the first complete state").until(server.store()::complete);
    int port = FreePorts.next(2);
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on("node-a"))
            .withXds(new XdsAddress("127.0.0.1", server.xdsPort()))
            .withPorts(new ProxyPorts(port, port + 1))
            .withShape(SidecarShape.ON_DEMAND);
    return EnvoyProcess.start(
        EnvoyBinary.find(), EnvoySpec.of(BootstrapTemplate.render(settings), settings.ports()));
  }

  /** The listener's own address is a range, too. */
  private static void await(EnvoyProcess envoy, String... ranges) {
    Wait.until("the listeners have " + String.join(" and ", ranges))
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> {
          Set<String> found = new TreeSet<>();
          Matcher range = RANGE.matcher(envoy.adminGet("/config_dump?resource=dynamic_listeners"));
          while (range.find()) {
            found.add(range.group(1) + "/" + range.group(2));
          }
          found.removeIf(own -> own.equals("127.0.0.1/32") || own.equals("::1/128"));
          assertThat(found).containsExactlyInAnyOrder(ranges);
        });
  }
}

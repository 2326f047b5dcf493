package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.pages.CheckoutCopy;
import io.github.topologyxds.e2e.pages.WalkedBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From nothing to traffic with the commands of docs/install.md, as they are written there but for
 * the Namespaces' names, against a real API server. What kubelets do is done here, and no image is
 * pulled: Secrets and a token are written where they would be mounted, the Deployment's container
 * is a process with its arguments and the rights of its account, and so is the Pod's Envoy.
 */
@Tag("real-cluster")
class InstallPageTest {
  private static final int REQUESTS = 100;

  private final Path kubeconfig = RealCluster.kubeconfig();

  private final String infra = "txds-" + UUID.randomUUID().toString().substring(0, 8);
  private final String shop = infra + "-shop";
  private final ClusterReader reader = new ClusterReader(kubeconfig);
  private final TestObjects infraObjects = new TestObjects(reader.client(), infra);
  private final TestObjects shopObjects = new TestObjects(reader.client(), shop);
  private final Path folder;
  private final CheckoutCopy checkout;
  private final InstalledChart chart;

  InstallPageTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.checkout = new CheckoutCopy(folder).withCluster(kubeconfig);
    this.chart = new InstalledChart(reader.client(), kubeconfig, infra, folder);
  }

  @BeforeEach
  void node() {
    infraObjects.node(infra + "-a", "zone-a");
  }

  @AfterEach
  void remove() {
    // No kubelet confirms that the Pods have ended, and the Namespaces would wait for that.
    reader.client().pods().inNamespace(shop).withGracePeriod(0).delete();
    chart.close();
    shopObjects.close();
    infraObjects.close();
    reader.close();
  }

  @Test
  void leadsFromNothingToTrafficAndBackToNothing() throws Exception {
    run(WalkedBlock.INSTALL_CERTIFICATES);
    assertThat(run(WalkedBlock.INSTALL_CHART))
        .as("what it prints next")
        .contains("kubectl -n " + infra + " rollout status deployment/topology-xds");
    mount(infra, "xds-tls", "tls");
    Files.createDirectory(folder.resolve("snapshot"));
    int xds = FreePorts.next();
    ServerProcess server =
        chart.start(reader.client().getMasterUrl().toString(), xds, FreePorts.next());
    try {
      run(WalkedBlock.INSTALL_TRAFFIC);
      send(xds);
    } finally {
      server.stop();
    }

    for (String command : commands(WalkedBlock.INSTALL_UPDATE).split("\n", -1)) {
      String printed = checkout.run(command, folder.resolve("log"), 120);
      if (command.startsWith("helm upgrade")) {
        Wait.until("the controller to know the new one").until(() -> replicaSets() == 2);
      } else if (command.startsWith("kubectl")) {
        assertThat(printed).contains("deployment.apps/topology-xds rolled back");
      }
    }
    assertThat(reader.client().apps().deployments().inNamespace(infra).list().getItems()).isEmpty();
    assertThat(reader.client().rbac().clusterRoles().withName("topology-xds." + infra).get())
        .isNull();
    assertThat(reader.client().secrets().inNamespace(infra).withName("xds-tls").get())
        .as("what the user has made stays")
        .isNotNull();
  }

  /** The Envoy is told the Service's name, and holds the server to it; no DNS leads there here. */
  private void send(int xds) throws Exception {
    Path mounted = mount(shop, "shop-front-tls", "front-tls");
    TokenPod pod = new TokenPod(reader.client(), shop, infra + "-a", mounted);
    XdsAddress address = new XdsAddress("topology-xds.%s.svc.cluster.local".formatted(infra), xds);
    try (EchoBackend backend =
            EchoBackend.start(TestObjects.backend("web-a", "zone-a", infra + "-a"));
        EnvoyProcess envoy =
            pod.sidecars().launchAt(address, infra + "-a", SidecarShape.ON_DEMAND)) {
      shopObjects.service("web", "");
      shopObjects.slice("web", backend.spec());
      envoy.awaitReady();
      LoadResult result =
          new LoadGenerator(envoy.outbound(), LoadRequest.get("web." + shop))
              .run(LoadBounds.of(REQUESTS, 2));
      assertThat(result.failed()).as("%s %s", result.byStatus(), result.firstError()).isZero();
      assertThat(backend.requests()).isEqualTo(REQUESTS);
    }
  }

  /** Writes a Secret's files as the kubelet does. */
  private Path mount(String namespace, String name, String into) throws Exception {
    Secret secret =
        Objects.requireNonNull(
            reader.client().secrets().inNamespace(namespace).withName(name).get(), name);
    Path mounted = Files.createDirectory(folder.resolve(into));
    for (Map.Entry<String, String> file : secret.getData().entrySet()) {
      Files.write(mounted.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
    }
    return mounted;
  }

  private int replicaSets() {
    return reader.client().apps().replicaSets().inNamespace(infra).list().getItems().size();
  }

  private String run(WalkedBlock block) throws Exception {
    return checkout.run(commands(block), folder.resolve(block.name()), 120);
  }

  private String commands(WalkedBlock block) throws IOException {
    return block
        .commands()
        .replaceAll("\\binfra\\b(?!/)", infra)
        .replaceAll("(?<=(?:-n|namespace) )shop\\b", shop);
  }
}

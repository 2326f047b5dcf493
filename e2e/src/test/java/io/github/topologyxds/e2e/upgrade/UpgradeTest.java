package io.github.topologyxds.e2e.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.checkout.CommitCheckout;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import io.github.topologyxds.e2e.bench.ReleaseBefore;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.SteadyChanges;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.kubernetes.IssuedCertificates;
import io.github.topologyxds.e2e.kubernetes.Shop;
import io.github.topologyxds.e2e.protocol.ProvenSidecars;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas of the release before are replaced by two of this one and these by two of that one
 * again, one after the other, as the chart has it: with mutual TLS, {@code --authenticate=required}
 * and a snapshot. Real Envoys send requests meanwhile, and endpoints change.
 */
@Tag("upgrade")
class UpgradeTest {
  private static final int REPLICAS = 2;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** The longest that an Envoy waits before it connects again is 5 s. */
  private static final Duration MAX_MOVE = Duration.ofSeconds(30);

  @TempDir private Path folder = Path.of("");

  private final ApiServer api = ApiServer.start();
  private final RollingReplicas replicas = new RollingReplicas();
  private final Shop shop = new Shop(api, FreePorts.next());
  private final List<Client> clients = new ArrayList<>();
  private int pods;
  private int names;

  UpgradeTest() throws IOException {}

  /**
   * An Envoy and those that use it.
   *
   * @param kept sends on connections that it keeps
   * @param opening opens one again and again
   */
  private record Client(String name, EnvoyProcess envoy, RunningLoad kept, SteadyTraffic opening) {}

  @BeforeEach
  void certificates() throws Exception {
    new IssuedCertificates(folder);
  }

  @AfterEach
  void end() throws IOException {
    for (Client client : clients) {
      client.kept().close();
      client.opening().close();
      client.envoy().close();
    }
    replicas.close();
    shop.close();
    api.close();
  }

  @Test
  void noRequestFailsThereAndBack() throws Exception {
    try (CommitCheckout checkout = ReleaseBefore.checkout()) {
      List<String> program = ReleaseBefore.build(checkout);
      RollingReplicas.Build before =
          port -> ServerProcess.start(program, port, flags(), Redirect.DISCARD);
      RollingReplicas.Build now = port -> ServerProcess.startInCluster(port, flags());
      for (int name = 0; name < 2 * REPLICAS; name++) {
        shop.another("later-" + name, 1, 2);
      }
      for (int i = 0; i < REPLICAS; i++) {
        replicas.add(before);
      }
      client("node-a", SidecarShape.ALL_SERVICES, XdsProtocol.DELTA);
      client("node-b", SidecarShape.ALL_SERVICES, XdsProtocol.STATE_OF_THE_WORLD);
      client("node-a", SidecarShape.ON_DEMAND, XdsProtocol.DELTA);

      roll(now);
      int there = replicas.connections();
      assertThat(there).as("everybody has moved").isGreaterThanOrEqualTo(2 * clients.size());
      roll(before);
      assertThat(replicas.connections()).isGreaterThanOrEqualTo(there + clients.size());

      long sent = 0;
      for (Client client : clients) {
        LoadResult kept = client.kept().stop();
        assertThat(kept.failed())
            .as("%s: %s %s", client.name(), kept.byStatus(), kept.firstError())
            .isZero();
        sent += kept.total() + client.opening().assertNoneFailed();
      }
      System.out.printf(
          "from %s and back: %d requests of %d Envoys, 0 failed%n",
          checkout.name(), sent, clients.size());
      assertThat(shop.requests(1) + shop.requests(2) + shop.requests(3))
          .isGreaterThanOrEqualTo(sent);
    }
  }

  /** Those of the chart's defaults. */
  private List<String> flags() throws IOException {
    return List.of(
        "--kubernetes",
        "--kubeconfig=" + api.kubeconfig(folder),
        "--api=off",
        "--tls-cert=" + folder.resolve("tls.crt"),
        "--tls-key=" + folder.resolve("tls.key"),
        "--client-ca=" + folder.resolve("ca.crt"),
        "--authenticate=required",
        "--snapshot=" + Files.createTempDirectory(folder, "snapshot"));
  }

  private void client(String node, SidecarShape shape, XdsProtocol protocol) throws Exception {
    String pod = "front-" + ++pods;
    Path token = Files.createDirectory(folder.resolve(pod)).resolve("token");
    AuthenticatingServer.write(token, api.tokens().podToken("shop", pod, node, HOUR));
    EnvoyProcess envoy =
        ProvenSidecars.ofBoth(folder, token).launch(replicas.port(), node, shape, protocol);
    envoy.awaitReady();
    LoadGenerator generator = generator(envoy, "web");
    clients.add(
        new Client(
            shape + " by " + protocol,
            envoy,
            generator.start(new LoadBounds(Long.MAX_VALUE, 2, HOUR, PAUSE)),
            new SteadyTraffic(generator)));
  }

  private static LoadGenerator generator(EnvoyProcess envoy, String service) {
    return new LoadGenerator(
        envoy.outbound(), LoadRequest.get(service + ".shop.svc.cluster.local"));
  }

  private void roll(RollingReplicas.Build build) throws Exception {
    for (int replaced = 0; replaced < REPLICAS; replaced++) {
      try (SteadyChanges changes = new SteadyChanges(this::change)) {
        replicas.replaceOldest(build);
        awaitMore(3, 300);
        assertThat(changes.running()).isTrue();
      }
      shop.endpoints(1, 2);
      awaitOnly(1, 2);
      shop.endpoints(3);
      awaitOnly(3);
      // A sidecar on demand has not asked for it before.
      String service = "later-" + names++;
      for (Client client : clients) {
        LoadResult first = generator(client.envoy(), service).run(LoadBounds.of(5, 1));
        assertThat(first.failed()).as("%s: %s", client.name(), first.byStatus()).isZero();
      }
    }
  }

  private void change(int number) {
    if (number % 2 == 0) {
      shop.endpoints(1, 2, 3);
    } else {
      shop.endpoints(2, 3);
    }
  }

  private long requests(int... backends) {
    long sum = 0;
    for (int backend : backends) {
      sum += shop.requests(backend);
    }
    return sum;
  }

  private void awaitMore(int backend, long more) {
    long before = shop.requests(backend);
    Wait.until(more + " more requests at backend " + backend)
        .atMost(MAX_MOVE)
        .until(() -> shop.requests(backend) >= before + more);
  }

  /** Until 300 requests in a row go to these: then all Envoys know of the change. */
  private void awaitOnly(int... backends) {
    Wait.until("requests to the backends that there are alone")
        .atMost(MAX_MOVE)
        .until(() -> {
          long others = requests(1, 2, 3) - requests(backends);
          long before = requests(backends);
          Wait.until("300 requests").until(() -> requests(backends) >= before + 300);
          return requests(1, 2, 3) - requests(backends) == others;
        });
  }
}

package io.github.topologyxds.e2e.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commands that are told of no files and no address ask every ready replica through port-forwards:
 * two servers in processes of their own, behind a substitute of the API server that speaks the
 * protocol of {@code pods/portforward}. A real kubelet is not shown here.
 */
class AskedReplicasTest {
  private static final String SHOP =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {trafficDistribution: PreferSameZone, ports: [{name: http, port: 80}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: http, port: 8080}]
      endpoints:
      - {addresses: ["10.0.0.1"], zone: zone-a, conditions: {ready: true}}
      - {addresses: ["10.0.0.2"], zone: zone-b, conditions: {ready: true}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: empty, namespace: shop}
      spec: {ports: [{name: http, port: 80}]}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: node-a, labels: {topology.kubernetes.io/zone: zone-a}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: node-b, labels: {topology.kubernetes.io/zone: zone-b}}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: %s
        namespace: %s
        labels: {app.kubernetes.io/name: topology-xds, app.kubernetes.io/component: control-plane}
      spec: {containers: [{name: topology-xds, image: topology-xds}]}
      status: {phase: Running, conditions: [{type: Ready, status: "%s"}]}
      """;

  @TempDir private static Path folder = Path.of("");

  private static int[] xds = new int[2];
  private static int[] api = new int[2];
  private static List<ServerProcess> servers = List.of();

  private ApiServer cluster = ApiServer.start();
  private String kubeconfig = "";

  @BeforeAll
  static void startServers() throws IOException {
    Path manifests = Files.createDirectory(folder.resolve("manifests"));
    Files.writeString(manifests.resolve("shop.yaml"), SHOP);
    for (int i = 0; i < 2; i++) {
      xds[i] = FreePorts.next();
      api[i] = FreePorts.next();
    }
    servers =
        List.of(
            ServerProcess.startWithApi(manifests, xds[0], api[0]),
            ServerProcess.startWithApi(manifests, xds[1], api[1]));
  }

  @AfterAll
  static void stopServers() {
    servers.forEach(ServerProcess::stop);
  }

  @BeforeEach
  void twoReplicas() throws IOException {
    kubeconfig = " --kubeconfig " + cluster.kubeconfig(folder);
    replica("xds-1", "topology-xds", api[0]);
    replica("xds-2", "topology-xds", api[1]);
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  private void replica(String name, String namespace, int port) {
    cluster.put(POD.formatted(name, namespace, "True"));
    cluster.pods().lead(namespace + "/" + name, port);
  }

  private CommandRun run(String line) {
    return CommandRun.of(line + kubeconfig);
  }

  @Test
  void aClientIsFoundAtWhicheverReplicaItIs() throws Exception {
    try (ConnectedProxy first = new ConnectedProxy(xds[0], "shop/front-1", "node-a");
        ConnectedProxy second = new ConnectedProxy(xds[1], "shop/front-2", "node-b")) {
      first.awaitResponse();
      second.awaitResponse();
      CommandRun listed = run("proxies -A");
      assertThat(listed.err()).isEmpty();
      assertThat(listed.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
          .anyMatch(line -> line.matches("shop/front-1\\|node-a\\|.*topology-xds/xds-1\\|.*"))
          .anyMatch(line -> line.matches("shop/front-2\\|node-b\\|.*topology-xds/xds-2\\|.*"))
          .anyMatch(line -> line.startsWith("2 proxies: "));
      JsonNode json = new JsonMapper().readTree(run("proxies -o json").out());
      assertThat(json.path("items")).hasSize(2);
      assertThat(json.path("replicas").findValuesAsString("state"))
          .containsExactly("ANSWERED", "ANSWERED");
      assertThat(run("proxies -n pay").out())
          .isEqualTo("no proxy of namespace pay is connected; 2 of others are (-A)");

      assertThat(run("explain shop/web --from shop/front-2").out())
          .startsWith("shop/web:http from node-b (zone-b, by its Node)");
      assertThat(run("explain shop/web --from shop/front-3"))
          .isEqualTo(
              new CommandRun(
                  1,
                  "",
                  "topology-xds explain: no client 'shop/front-3' is connected (1 are); did you"
                      + " mean shop/front-1?; no client 'shop/front-3' is connected (1 are); did"
                      + " you mean shop/front-2?"));
      assertThat(new JsonMapper().readTree(run("zones -o json").out()).path("connected"))
          .isEqualTo(new JsonMapper().readTree("{\"zone-a\": 1, \"zone-b\": 1}"));
    }
  }

  @Test
  void everyCommandAnswersAsOverTheFiles() {
    for (String command :
        List.of(
            "explain shop/web --node node-a",
            "explain web --zone zone-b -o wide",
            "explain shop/empty --zone zone-b",
            "endpoints svc/web -n shop",
            "zones",
            "findings -A")) {
      CommandRun offline = CommandRun.of(command + " -f " + folder.resolve("manifests"));
      String more =
          command.equals("zones")
              ? "\n\nmeasured: no proxy has reported a request in the last 5 minutes"
              : "";
      assertThat(run(command))
          .as(command)
          .isEqualTo(new CommandRun(offline.exit(), offline.out() + more, offline.err()));
    }
    assertThat(run("explain shop/empty --zone zone-b").exit()).isEqualTo(3);
  }

  /** What all know stands there once, what each says of itself under its name. */
  @Test
  void checkTellsOfClusterReplicasAndClients() throws Exception {
    cluster.put(POD.formatted("xds-3", "topology-xds", "False"));
    CommandRun offline = CommandRun.of("check -f " + folder.resolve("manifests"));
    try (ConnectedProxy proxy = new ConnectedProxy(xds[1], "shop/front-2", "node-x")) {
      proxy.awaitResponse();
      Wait.until("the server to have heard the proxy")
          .until(() -> run("check").out().contains("1 in sync"));
      CommandRun checked = run("check");
      assertThat(checked.exit()).isZero();
      List<String> lines = checked.out().lines().map(String::strip).toList();
      assertThat(lines)
          .containsAll(
              offline.out().lines().map(String::strip).filter(l -> !l.matches("\\d.*")).toList())
          .containsSubsequence(
              "kubernetes",
              "ok    API server v1.36.3 at " + cluster.uri() + "/, as topology-xds   API_SERVER",
              "topology",
              "installation",
              "ok    2 replicas answer: topology-xds/xds-1, topology-xds/xds-2   REPLICAS",
              "WARN  topology-xds/xds-3: is not ready   REPLICAS",
              "-> kubectl describe pod -n topology-xds xds-3")
          .containsSubsequence(
              "clients",
              "note  topology-xds/xds-1: no client is connected   CLIENTS",
              "ok    topology-xds/xds-2: 1 client: 1 in sync, 0 waiting, 0 refusing   CLIENTS",
              "WARN  topology-xds/xds-2: client shop/front-2 has no zone: Node node-x tells none "
                  + "  CLIENT_WITHOUT_ZONE")
          .anyMatch(line ->
              line.matches(
                  "ok    topology-xds/xds-1: ready; what is served was confirmed \\d s ago  "
                      + " FRESHNESS"))
          .contains("note  topology-xds/xds-2: the xDS port has no TLS   CERTIFICATE")
          .contains("ok    topology-xds/xds-2: programs: 1 x envoy   CLIENT_VERSIONS");
      assertThat(run("check --fail-on warning").exit()).isEqualTo(1);
      assertThat(run("check --fail-on error").exit()).isZero();
    }
  }

  @Test
  void whoDoesNotAnswerIsSaidAndTheOthersAnswer() throws Exception {
    cluster.pods().lead("topology-xds/xds-1", FreePorts.next());
    cluster.put(POD.formatted("xds-3", "topology-xds", "False"));
    CommandRun one = run("explain shop/web --node node-a");
    assertThat(one.exit()).isZero();
    assertThat(one.out()).startsWith("shop/web:http from node-a");
    assertThat(one.err().lines())
        .anyMatch(line ->
            line.startsWith(
                    "topology-xds explain: replica topology-xds/xds-1: the API server says of the"
                        + " Pod: ")
                && line.contains("connection refused"))
        .contains("topology-xds explain: replica topology-xds/xds-3: is not ready")
        .hasSize(2);
    assertThat(run("proxies -o json").out())
        .contains("\"state\" : \"FAILED\"", "\"state\" : \"NOT_READY\"");

    cluster.pods().lead("topology-xds/xds-2", FreePorts.next());
    CommandRun none = run("findings");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).endsWith("none of 2 ready replicas answers; the lines above say why");
  }

  @Test
  void aReplicaThatFailsHalfWayIsSaid() {
    cluster.pods().leadAndCut("topology-xds/xds-1", api[0], 200);
    CommandRun listed = run("findings -o json");
    assertThat(listed.exit()).isZero();
    assertThat(listed.err())
        .isEqualTo(
            "topology-xds findings: replica topology-xds/xds-1: no API of topology-xds answers at"
                + " its port 18002 (serve --api)");
  }

  @Test
  void whatTheAccountMayNotIsNamed() {
    cluster.faults().inject(new Fault.Forbidden(), Where.path(".*/portforward"));
    CommandRun noForward = run("proxies");
    assertThat(noForward.exit()).isEqualTo(1);
    assertThat(noForward.err().lines())
        .contains(
            "topology-xds proxies: replica topology-xds/xds-1: the API server answers 403"
                + " Forbidden: the account needs get and create on pods/portforward in namespace"
                + " topology-xds");

    cluster.faults().inject(new Fault.Forbidden(), Where.of(ResourceKind.PODS));
    assertThat(run("proxies").err())
        .isEqualTo(
            "topology-xds proxies: no replica found: the account may not list pods in topology-xds,"
                + " and not in all namespaces; say where it may with --server-namespace");
    assertThat(run("zones -n topology-xds").err())
        .contains("403 Forbidden", "the account needs list on pods in namespace topology-xds")
        .hasLineCount(1);
  }

  @Test
  void replicasAreFoundWhereTheyAre() throws Exception {
    assertThat(run("check -n infra").err())
        .isEqualTo(
            "topology-xds check: no replica found: no Pod in namespace infra has the labels"
                + " app.kubernetes.io/name=topology-xds,app.kubernetes.io/component=control-plane");
    replica("other-1", "infra", FreePorts.next());
    assertThat(run("zones").err()).isEmpty();
    assertThat(run("zones -n infra").err()).contains("replica infra/other-1");
    assertThat(run("proxies -n infra").err()).contains("replica infra/other-1");
    assertThat(run("findings --server-namespace topology-xds -n infra").err()).isEmpty();
    cluster.delete(ResourceKind.PODS, "topology-xds", "xds-1");
    cluster.delete(ResourceKind.PODS, "topology-xds", "xds-2");
    assertThat(run("zones").err()).contains("replica infra/other-1");
    replica("other-2", "edge", FreePorts.next());
    assertThat(run("zones").err())
        .contains("replicas are in the namespaces edge, infra: say which with --server-namespace");
    assertThat(run("zones -l app=none").err())
        .contains("no Pod of any namespace has the labels app=none");
  }

  @Test
  void flagsThatMakeNoSenseTogetherAreRefused() {
    assertThat(run("zones -f " + folder.resolve("manifests")))
        .satisfies(run -> {
          assertThat(run.exit()).isEqualTo(2);
          assertThat(run.err()).contains("--kubeconfig is for a cluster: -f reads files alone");
        });
    assertThat(run("proxies --admin 127.0.0.1:1").err())
        .contains("--kubeconfig is for a cluster: --admin names the one server to ask");
    assertThat(run("zones --preference same-zone").err()).contains("is for -f");
    assertThat(CommandRun.of("zones --kubeconfig " + folder.resolve("none")).err())
        .startsWith(
            "topology-xds zones: without -f and --admin the cluster's replicas are asked, and ")
        .hasLineCount(1);
  }

  @Test
  void watchingTellsOfTheClientsOfAll() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (WatchedCommand watched = WatchedCommand.start("proxies --watch" + kubeconfig, lines)) {
      Wait.until("the first listing")
          .atMost(Duration.ofSeconds(60))
          .until(() -> lines.contains("no proxy is connected"));
      try (ConnectedProxy second = new ConnectedProxy(xds[1], "shop/front-2", "node-b")) {
        second.awaitResponse();
        Wait.until("the client")
            .atMost(Duration.ofSeconds(60))
            .until(() -> lines.stream().anyMatch(line -> line.startsWith("shop/front-2 ")));
      }
      assertThat(watched.isRunning()).isTrue();
    }
  }

  /** As in a rolling update: the new Pod is not there yet when the watch begins. */
  @Test
  void watchingGoesOnWithReplicasThatBecomeReadyLater() throws Exception {
    cluster.put(POD.formatted("xds-2", "topology-xds", "False"));
    List<String> lines = new CopyOnWriteArrayList<>();
    try (ConnectedProxy second = new ConnectedProxy(xds[1], "shop/front-2", "node-b");
        WatchedCommand watched = WatchedCommand.start("proxies --watch" + kubeconfig, lines)) {
      second.awaitResponse();
      Wait.until("the first listing")
          .atMost(Duration.ofSeconds(60))
          .until(() -> lines.contains("no proxy is connected"));
      assertThat(lines).contains("topology-xds proxies: replica topology-xds/xds-2: is not ready");

      replica("xds-2", "topology-xds", api[1]);
      awaitLine(lines, "shop/front-2 .*");
      cluster.delete(ResourceKind.PODS, "topology-xds", "xds-1");
      awaitLine(lines, ".*: replica topology-xds/xds-1 is not watched any more: .*");
      cluster.delete(ResourceKind.PODS, "topology-xds", "xds-2");
      awaitLine(lines, ".*: no replica is left; it goes on with the next one that is ready");
      lines.clear();
      replica("xds-3", "topology-xds", api[1]);
      awaitLine(lines, "shop/front-2 .*");
      assertThat(watched.isRunning()).isTrue();
    }
  }

  private static void awaitLine(List<String> lines, String pattern) {
    Wait.until("a line like " + pattern)
        .atMost(Duration.ofSeconds(60))
        .until(() -> lines.stream().anyMatch(line -> line.matches(pattern)));
  }
}

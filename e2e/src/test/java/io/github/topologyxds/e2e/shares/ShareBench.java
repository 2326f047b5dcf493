package io.github.topologyxds.e2e.shares;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.DemoControlPlane;
import io.github.topologyxds.demo.DemoServer;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.envoy.HostState;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Backends, a server on a folder and one real Envoy on a Node: what is explained of a Service is
 * held against what is counted, host by host.
 */
final class ShareBench {
  /** To each Service. */
  static final int REQUESTS = 2000;

  private static final String NODE = "node-a1";

  private final Path folder;
  private final int port = FreePorts.next();
  private final List<AutoCloseable> running = new ArrayList<>();

  /**
   * Starts backends at the addresses of {@link ShareWorld#address}.
   *
   * @param folder of the files that are served
   */
  ShareBench(Path folder) throws IOException {
    this.folder = folder;
    for (int endpoint = 0; endpoint < ShareWorld.ENDPOINTS; endpoint++) {
      String address = ShareWorld.address(endpoint);
      running.add(EchoBackend.start(new BackendSpec(address, "", "", address, port)));
    }
  }

  /** Returns the port of all backends. */
  int port() {
    return port;
  }

  /** What one Envoy did with {@link #REQUESTS} requests: answers that failed, and by host. */
  record Counted(long failed, Map<String, Long> byHost) {}

  /** Serves these objects, and starts the Envoy. */
  EnvoyProcess serve(String yaml) throws IOException {
    return serve(yaml, BootstrapKind.SIDECAR);
  }

  /** Changes what is served. */
  void change(String yaml) throws IOException {
    Path next = folder.resolve("next");
    Files.writeString(next, yaml);
    Files.move(next, folder.resolve("worlds.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The same with an Envoy of another kind. */
  EnvoyProcess serve(String yaml, BootstrapKind kind) throws IOException {
    Files.writeString(folder.resolve("worlds.yaml"), yaml);
    DemoServer server = DemoControlPlane.start(folder);
    running.add(server);
    int ports = FreePorts.next(2);
    EnvoyProcess envoy =
        EnvoyProcess.start(
            EnvoyBinary.find(),
            EnvoySpec.of(
                BootstrapSettings.of(kind, ProxyNode.on(NODE))
                    .withPorts(new ProxyPorts(ports, ports + 1))
                    .withXds(XdsAddress.parse("127.0.0.1:" + server.xdsPort()))));
    running.add(envoy);
    return envoy;
  }

  /** Explains a Service's first port to the Envoy. */
  Explanation explain(ObjectName name) throws Exception {
    Explainer explainer =
        new Explainer(new OfflineWorld(Manifests.load(List.of(folder))), RoutingOptions.DEFAULT);
    return explainer
        .explain(name, explainer.client(NODE, "", null), List.of())
        .orElseThrow()
        .ports()
        .getFirst()
        .explanation();
  }

  /** Returns whether a request is answered with 200. */
  static boolean answers(LoadGenerator load) {
    return load.run(LoadBounds.of(1, 1)).failed() == 0;
  }

  /** Sends requests to a Service. */
  static Counted count(ObjectName name, Explanation expected, EnvoyProcess envoy)
      throws IOException {
    LoadGenerator load =
        new LoadGenerator(envoy.outbound(), LoadRequest.get(name.name() + "." + name.namespace()));
    Wait.until("a route for " + name).until(() -> load.run(LoadBounds.of(1, 1)).status(404) == 0);
    Map<String, Long> before = requests(expected.cluster(), envoy);
    LoadResult result = load.run(LoadBounds.of(REQUESTS, 8));
    Map<String, Long> counted = requests(expected.cluster(), envoy);
    counted.replaceAll((host, after) -> after - before.getOrDefault(host, 0L));
    return new Counted(result.failed(), counted);
  }

  /** Returns what is not as it is explained, one line for each host. */
  static List<String> differences(ObjectName name, Explanation expected, Counted counted) {
    List<String> wrong = new ArrayList<>();
    if (!near(counted.failed(), expected.nowhere())) {
      wrong.add(name + ": " + counted.failed() + " failed, expected " + expected.nowhere());
    }
    for (ExplainedEndpoint endpoint : expected.endpoints()) {
      String address = endpoint.address().toString();
      long requests = counted.byHost().getOrDefault(address, 0L);
      if (!near(requests, endpoint.share())) {
        wrong.add(name + " " + address + ": " + requests + ", expected " + endpoint.share());
      }
    }
    return wrong;
  }

  /** Returns how many requests each host of a cluster has had, by address with port. */
  static Map<String, Long> requests(String cluster, EnvoyProcess envoy) throws IOException {
    Map<String, Long> requests = new HashMap<>();
    for (HostState host : envoy.admin().hosts(cluster)) {
      requests.put(host.address(), host.requests());
    }
    return requests;
  }

  /** Four standard deviations of a binomial count, and the point that Envoy's percents leave. */
  private static boolean near(long counted, double share) {
    double sigma = Math.sqrt(share * (1 - share) / REQUESTS);
    return Math.abs((double) counted / REQUESTS - share) <= 4 * sigma + 0.01;
  }

  /** Ends what runs. */
  void stop() throws Exception {
    for (AutoCloseable started : running.reversed()) {
      started.close();
    }
  }
}

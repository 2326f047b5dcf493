package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A world, a server over it, backends and Envoys: one test's. Belongs to one thread, and ends all
 * that it has started.
 */
public final class Bench implements Closeable {
  /** The namespace of clients and Services, where nothing else is said. */
  public static final String NAMESPACE = "shop";

  /** Envoy waits up to 5 s, at random, between attempts to reach a server that is gone. */
  private static final Duration MAX_RECONNECT = Duration.ofSeconds(20);

  private final EnvoyRunner runner;
  private final World world = new World(Files.createTempDirectory("topology-xds-world"));
  private final int xdsPort = FreePorts.next();

  /** What is to be ended, the newest first. */
  private final Deque<Closeable> started = new ArrayDeque<>();

  private final Map<String, Integer> podsByZone = new HashMap<>();
  private @Nullable Server server;
  private int markers;

  public Bench(EnvoyRunner runner) throws IOException {
    this.runner = runner;
  }

  public World world() {
    return world;
  }

  /** Where the server of this bench listens, whether there is one or not. */
  public int xdsPort() {
    return xdsPort;
  }

  /** Starts the control plane in this JVM, always on the same port. */
  public void startServer() throws IOException {
    startServer(XdsLimits.DEFAULT);
  }

  /** Starts it with other limits than those of {@code serve}. */
  public ControlPlane startServer(XdsLimits limits) throws IOException {
    return startServer(XdsSettings.DEFAULT.withLimits(limits));
  }

  /** Starts it with other settings of its xDS port than those of {@code serve}. */
  public ControlPlane startServer(XdsSettings xds) throws IOException {
    InProcessServer started = InProcessServer.start(world.folder(), xdsPort, xds);
    server = started;
    return started.controlPlane();
  }

  /** Starts it as a process of its own. */
  public void startServerProcess() throws IOException {
    server = ServerProcess.start(world.folder(), xdsPort);
  }

  public void stopServer() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  /** Starts a ready backend on each of these Nodes, and writes the Service for them. */
  public Workload workload(ServiceSpec spec, List<String> nodes) throws IOException {
    List<EchoBackend> backends = new ArrayList<>();
    for (String node : nodes) {
      backends.add(backend(spec, node));
    }
    return new Workload(world, spec, backends);
  }

  /** The same with so many backends on every Node. */
  public Workload workload(ServiceSpec spec, int perNode) throws IOException {
    List<String> nodes = new ArrayList<>();
    for (String node : world.nodes()) {
      for (int i = 0; i < perNode; i++) {
        nodes.add(node);
      }
    }
    return workload(spec, nodes);
  }

  /** Service shop/web with so many backends on every Node, in its usual form. */
  public Workload web(int perNode) throws IOException {
    return workload(
        ServiceSpec.of(NAMESPACE, "web").withPort("http", 80, FreePorts.next()), perNode);
  }

  /** An address of loopback for the next Pod in a zone: 127.1.x.y. */
  public String nextAddress(String zone) {
    int pod = podsByZone.merge(zone, 1, Integer::sum);
    return "127.1." + (zone.charAt(zone.length() - 1) - 'a' + 1) + "." + pod;
  }

  private EchoBackend backend(ServiceSpec spec, String node) throws IOException {
    String zone = world.zoneOf(node);
    String address = nextAddress(zone);
    String name = spec.name() + address.substring("127.1".length()).replace('.', '-');
    int port = spec.ports().getFirst().target();
    EchoBackend backend = EchoBackend.start(new BackendSpec(name, zone, node, address, port));
    started.push(backend::close);
    return backend;
  }

  /** Starts a sidecar on every Node, and waits until all are ready. */
  public Map<String, Proxy> sidecars(XdsProtocol protocol) throws IOException {
    Map<String, Proxy> proxies = new LinkedHashMap<>();
    List<RunningEnvoy> running = new ArrayList<>();
    for (String node : world.nodes()) {
      BootstrapSettings settings = settings(BootstrapKind.SIDECAR, inShop(node), protocol);
      RunningEnvoy envoy = launch(settings);
      running.add(envoy);
      proxies.put(node, new Proxy(envoy, settings.ports().listener()));
    }
    for (RunningEnvoy envoy : running) {
      envoy.awaitReady();
    }
    return proxies;
  }

  /** Starts a sidecar of namespace shop on a Node. */
  public Proxy sidecar(String node, XdsProtocol protocol) throws IOException {
    return proxy(BootstrapKind.SIDECAR, inShop(node), protocol);
  }

  /** Starts any kind of Envoy, from nothing but its bootstrap. */
  public Proxy proxy(BootstrapKind kind, ProxyNode node, XdsProtocol protocol) throws IOException {
    return proxy(settings(kind, node, protocol));
  }

  /** Starts a sidecar on demand, of namespace shop, on a Node. */
  public Proxy sidecarOnDemand(String node) throws IOException {
    return proxy(
        settings(BootstrapKind.SIDECAR, inShop(node), XdsProtocol.DELTA)
            .withShape(SidecarShape.ON_DEMAND));
  }

  private Proxy proxy(BootstrapSettings settings) throws IOException {
    RunningEnvoy envoy = launch(settings);
    envoy.awaitReady();
    return new Proxy(envoy, settings.ports().listener());
  }

  public static ProxyNode inShop(String node) {
    return ProxyNode.on(node).inNamespace(NAMESPACE);
  }

  private RunningEnvoy launch(BootstrapSettings settings) throws IOException {
    RunningEnvoy envoy = runner.launch(EnvoySpec.of(settings));
    started.push(envoy::close);
    return envoy;
  }

  private BootstrapSettings settings(BootstrapKind kind, ProxyNode node, XdsProtocol protocol)
      throws IOException {
    int port = FreePorts.next(3);
    return BootstrapSettings.of(kind, node)
        .withXds(new XdsAddress("127.0.0.1", xdsPort))
        .withPorts(new ProxyPorts(port, port + 1))
        .withProtocol(protocol);
  }

  /** Waits until an Envoy has all that the server knows now: a Service that was written last. */
  public void awaitInStep(Proxy proxy) throws IOException {
    ServiceSpec marker =
        ServiceSpec.of(NAMESPACE, "marker-" + ++markers).withPort("http", 80, 8080);
    world.service(marker);
    Wait.until("cluster " + marker.cluster())
        .atMost(MAX_RECONNECT)
        .until(() -> proxy.hasCluster(marker));
  }

  /** To be closed with this bench. */
  public void closing(Closeable part) {
    started.push(part);
  }

  @Override
  public void close() throws IOException {
    while (!started.isEmpty()) {
      started.pop().close();
    }
    stopServer();
    WorkspaceFiles.deleteTree(world.folder());
  }
}

package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.protocol.EnvoyState;
import io.github.topologyxds.e2e.protocol.SeenHost;
import io.github.topologyxds.e2e.protocol.Sidecars;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A control plane that follows an API server, a real Envoy on node-a behind it, and a witness that
 * has seen every load assignment.
 */
final class LiveBench implements AutoCloseable {
  private final ControlPlane controlPlane;
  private final EnvoyProcess envoy;
  private final SeenAssignments seen;
  private final HttpClient http = HttpClient.newHttpClient();

  private LiveBench(ControlPlane controlPlane, EnvoyProcess envoy, SeenAssignments seen) {
    this.controlPlane = controlPlane;
    this.envoy = envoy;
    this.seen = seen;
  }

  /** Starts all three, with the Envoy on node-a; the API server must answer. */
  static LiveBench start(Path kubeconfig) throws Exception {
    return start(kubeconfig, "node-a");
  }

  /** Starts all three, with the Envoy on this Node; no namespaces means all. */
  static LiveBench start(Path kubeconfig, String node, String... namespaces) throws Exception {
    return start(serve(kubeconfig, 0, namespaces), node);
  }

  /** Waits until a control plane serves, and starts the other two. */
  static LiveBench start(ControlPlane controlPlane, String node) throws Exception {
    Wait.until("the first complete state").until(controlPlane.store()::complete);
    EnvoyProcess envoy = new Sidecars(controlPlane.xdsPort(), XdsProtocol.DELTA).start(node);
    return new LiveBench(controlPlane, envoy, new SeenAssignments(controlPlane.xdsPort(), node));
  }

  /** Starts a control plane alone, and waits for nothing. */
  static ControlPlane serve(Path kubeconfig, int xdsPort, String... namespaces) throws Exception {
    return ControlPlane.start(settings(kubeconfig, xdsPort, namespaces));
  }

  static ServeSettings settings(Path kubeconfig, int xdsPort, String... namespaces) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new ServeSettings(
        new SourceSettings.Cluster(kubeconfig, null, List.of(namespaces)),
        new InetSocketAddress(loopback, xdsPort),
        new InetSocketAddress(loopback, 0),
        RoutingOptions.DEFAULT);
  }

  EnvoyProcess envoy() {
    return envoy;
  }

  int xdsPort() {
    return controlPlane.xdsPort();
  }

  SortedMap<String, SortedSet<SeenHost>> clusters() throws IOException {
    return EnvoyState.clusters(envoy);
  }

  /**
   * Waits until Envoy has exactly the hosts that the API server holds.
   *
   * @return how long it took; what the last look took does not count
   */
  @CanIgnoreReturnValue
  Duration awaitInSync(ClusterReader reader, Predicate<String> namespace) {
    long begun = System.nanoTime();
    AtomicLong looked = new AtomicLong();
    Wait.until("Envoy has what the API server holds")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> {
          looked.set(System.nanoTime());
          assertThat(hosts(namespace)).isEqualTo(reader.hosts(namespace));
        });
    return Duration.ofNanos(looked.get() - begun);
  }

  private SortedMap<String, SortedSet<String>> hosts(Predicate<String> namespace)
      throws IOException {
    SortedMap<String, SortedSet<String>> hosts = new TreeMap<>();
    clusters()
        .forEach((cluster, all) -> {
          if (namespace.test(cluster.substring(0, cluster.indexOf('/')))) {
            SortedSet<String> addresses = new TreeSet<>();
            all.forEach(host -> addresses.add(host.address()));
            hosts.put(cluster, addresses);
          }
        });
    return hosts;
  }

  /** Waits until Envoy's clusters are as they must be; returns how long it took, likewise. */
  Duration awaitClusters(Predicate<SortedMap<String, SortedSet<SeenHost>>> right) {
    long begun = System.nanoTime();
    AtomicLong looked = new AtomicLong();
    Wait.until("Envoy has what it must have")
        .until(() -> {
          looked.set(System.nanoTime());
          return right.test(clusters());
        });
    return Duration.ofNanos(looked.get() - begun);
  }

  /** Waits until all of Envoy's clusters together have so many hosts. */
  void awaitMembers(long hosts) {
    Wait.until(hosts + " hosts")
        .untilAsserted(() ->
            assertThat(
                    envoy.stats("cluster.").entrySet().stream()
                        .filter(s -> s.getKey().matches("cluster[.].+/.+[.]membership_total"))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .isEqualTo(hosts));
  }

  /** Waits until the witness too has endpoints of this cluster. */
  void awaitWitness(String cluster) {
    Wait.until("the witness is in sync").until(() -> seen.filled().contains(cluster));
  }

  /** No client was ever told that this cluster has no endpoints, and Envoy has refused nothing. */
  void assertNeverEmpty(String cluster) throws IOException {
    awaitWitness(cluster);
    assertThat(seen.emptied()).doesNotContain(cluster);
    assertThat(EnvoyState.rejections(envoy)).isZero();
    assertThat(EnvoyState.warming(envoy)).isZero();
  }

  HttpResponse<String> admin(String path) throws IOException, InterruptedException {
    return admin(controlPlane, path);
  }

  HttpResponse<String> admin(ControlPlane asked, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + asked.adminPort() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    seen.close();
    envoy.close();
    controlPlane.close();
    http.close();
  }
}

package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.envoy.EnvoyAdmin;
import io.github.topologyxds.demo.envoy.HostState;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** An Envoy as its clients and its operator see it. */
public final class Proxy {
  /** What failover is shown with. */
  public static final int CONCURRENCY = 50;

  private final RunningEnvoy envoy;
  private final int listenerPort;

  Proxy(RunningEnvoy envoy, int listenerPort) {
    this.envoy = envoy;
    this.listenerPort = listenerPort;
  }

  public EnvoyAdmin admin() {
    return envoy.admin();
  }

  /** Where its HTTP listener is. */
  public InetSocketAddress http() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listenerPort);
  }

  /** Where the TCP listener of an eds-only Envoy is. */
  public InetSocketAddress tcp() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listenerPort + 1);
  }

  /** Starts GETs, 50 at a time, that go on until they are stopped. */
  public RunningLoad traffic(Workload workload) {
    return generator(workload.spec().authority()).start(CONCURRENCY);
  }

  /** Sends so many GETs, 50 at a time. */
  public LoadResult send(long requests, Workload workload) {
    return send(LoadBounds.of(requests, CONCURRENCY), workload.spec().authority());
  }

  public LoadResult send(LoadBounds bounds, String authority) {
    return generator(authority).run(bounds);
  }

  /** Status of one GET. */
  public int status(String authority) {
    return send(LoadBounds.of(1, 1), authority).byStatus().firstKey();
  }

  /** Waits until exactly these Pods of a workload are healthy endpoints here. */
  public void awaitHealthy(Workload workload, Predicate<BackendSpec> which) {
    Set<String> expected = workload.addresses(which);
    Wait.until("healthy in Envoy: " + expected)
        .until(() -> healthy(workload.spec().cluster()).equals(expected));
    awaitWorker();
  }

  /**
   * The admin port shows what Envoy's main thread has; the worker (there is one) is told of it at
   * its next turn. Two answers of its own, to requests that no route takes, are two turns.
   */
  private void awaitWorker() {
    LoadRequest unroutable = LoadRequest.get("worker").withPath("no-path");
    LoadResult answers = new LoadGenerator(http(), unroutable).run(LoadBounds.of(2, 1));
    if (answers.byStatus().tailMap(400).values().stream().mapToLong(Long::longValue).sum() != 2) {
      throw new IllegalStateException("Envoy's worker does not answer: " + answers);
    }
  }

  public boolean hasCluster(ServiceSpec spec) throws IOException {
    return clusters().contains("\"name\": \"" + spec.cluster() + "\"");
  }

  /** {@code /clusters?format=json}. */
  public String clusters() throws IOException {
    return admin().get("/clusters?format=json");
  }

  /** The sum of the counters of a cluster whose names begin so after the cluster's name. */
  public long stat(ServiceSpec spec, String prefix) throws IOException {
    String cluster = "cluster." + spec.cluster().replace(':', '_') + ".";
    return admin().stats(cluster + prefix).values().stream().mapToLong(Long::longValue).sum();
  }

  private Set<String> healthy(String cluster) throws IOException {
    return admin().hosts(cluster).stream()
        .filter(HostState::healthy)
        .map(HostState::address)
        .collect(Collectors.toUnmodifiableSet());
  }

  private LoadGenerator generator(String authority) {
    return new LoadGenerator(http(), LoadRequest.get(authority));
  }
}

package io.github.topologyxds.benchmarks.load.sidecar;

import io.github.topologyxds.benchmarks.load.measured.ProcessUsage;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.captured.CapturingSidecar;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.xds.ondemand.Destinations;
import io.github.topologyxds.xds.ondemand.ListenerChain;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The Envoy of a sidecar on demand, as {@code bootstrap --kind sidecar} has it, and beside that a
 * listener that takes connections as if they had been caught, which needs no root.
 */
final class MeasuredSidecar implements AutoCloseable {
  private static final String ACTIVE_LISTENERS = "listener_manager.total_listeners_active";
  private static final String RECEIVED = "cluster.topology-xds.upstream_cx_rx_bytes_total";
  private static final long BYTES_PER_KIB = 1024;
  private static final double MILLIS = 1000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final CapturingSidecar sidecar;
  private final EnvoyProcess envoy;
  private final double startCpuMillis;

  private MeasuredSidecar(CapturingSidecar sidecar, double startCpuMillis) {
    this.sidecar = sidecar;
    this.envoy = sidecar.envoy();
    this.startCpuMillis = startCpuMillis;
  }

  /**
   * Starts one; it is ready and has its listeners when this returns.
   *
   * @param tcp clusterIPs whose port 80 is not HTTP
   */
  static MeasuredSidecar start(int xdsPort, Collection<String> tcp)
      throws IOException, InterruptedException {
    CapturingSidecar started =
        CapturingSidecar.start(
            xdsPort,
            ProxyNode.on("node-0").inNamespace("bench"),
            SidecarShape.ON_DEMAND,
            caught(tcp));
    EnvoyProcess envoy = started.envoy();
    // The one for caught connections, and the server's; that for IPv6 is not there on all machines.
    while (envoy.stats(ACTIVE_LISTENERS).getOrDefault(ACTIVE_LISTENERS, 0L) < 2) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return new MeasuredSidecar(started, ProcessUsage.of(envoy.pid()).cpu() * MILLIS);
  }

  private static OnDemandListeners caught(Collection<String> tcp) {
    Destinations destinations =
        new Destinations(
            new TreeSet<>(Set.of(SidecarWorld.HTTP_PORT)),
            tcp.isEmpty()
                ? List.of()
                : List.of(
                    new Destinations.Exceptions(
                        new TreeMap<>(Map.of(SidecarWorld.HTTP_PORT, ListenerChain.TCP)),
                        new TreeSet<>(tcp))));
    return new OnDemandListeners(
        List.of(Cidr.parse(SidecarWorld.CIDR).orElseThrow()), destinations, "cluster.local");
  }

  /** Returns the CPU time until it was ready and had its listeners, ms. */
  double startCpuMillis() {
    return startCpuMillis;
  }

  /** Returns the CPU time so far, ms. */
  double cpuMillis() throws IOException {
    return ProcessUsage.of(envoy.pid()).cpu() * MILLIS;
  }

  /** Returns its resident memory, bytes. */
  long rss() throws IOException {
    return ProcessUsage.of(envoy.pid()).rssKib() * BYTES_PER_KIB;
  }

  /** Returns how many bytes it has been sent by the server. */
  long received() throws IOException {
    return envoy.stats(RECEIVED).getOrDefault(RECEIVED, 0L);
  }

  /**
   * Sends a GET to where it was going by itself.
   *
   * @return until the last byte of the answer, ms
   * @throws IOException when it is not answered with 200
   */
  double get(String address, int port) throws IOException {
    long begun = System.nanoTime();
    String answer = sidecar.captured().get(address, port, "any");
    double took = (System.nanoTime() - begun) / NANOS_PER_MILLI;
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IOException(address + ":" + port + " is answered with: " + answer);
    }
    return took;
  }

  /** Returns whether a GET to its own port that names this host is answered with 200. */
  boolean serves(String host) throws IOException {
    return sidecar.get(host).startsWith("HTTP/1.1 200");
  }

  @Override
  public void close() {
    sidecar.close();
  }
}

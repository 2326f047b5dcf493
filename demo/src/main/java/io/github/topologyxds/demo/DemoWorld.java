package io.github.topologyxds.demo;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A small cluster as a folder of Kubernetes YAML: three zones with a Node each, and Service
 * shop/web with endpoints in each zone on loopback addresses. The EndpointSlice is what Kubernetes'
 * own controller writes for trafficDistribution PreferSameZone: ready endpoints carry a hint for
 * their zone, and an endpoint that is not ready carries none.
 */
public final class DemoWorld {
  public static final List<String> ZONES = List.of("zone-a", "zone-b", "zone-c");
  public static final String NAMESPACE = "shop";
  public static final String CLUSTER = "shop/web:http";
  public static final String AUTHORITY = "web.shop.svc.cluster.local";

  static final String CLUSTER_IP = "10.96.0.80";
  static final int SERVICE_PORT = 80;

  /** The file that says which endpoints are ready. */
  static final String SLICE = "web-slice.yaml";

  private final Path folder;
  private final List<BackendSpec> backends;

  private DemoWorld(Path folder, List<BackendSpec> backends) {
    this.folder = folder;
    this.backends = backends;
  }

  /**
   * Writes the cluster with everything ready, and three backends in each zone, into a folder.
   *
   * @param port of every backend
   */
  public static DemoWorld write(Path folder, DemoPreference preference, int port)
      throws IOException {
    return write(folder, preference, DemoBackends.EVEN, port);
  }

  /** Writes the cluster with so many backends in each zone. */
  static DemoWorld write(Path folder, DemoPreference preference, DemoBackends backends, int port)
      throws IOException {
    DemoWorld world = new DemoWorld(folder, backendSpecs(backends, port));
    Files.createDirectories(folder);
    WorkspaceFiles.replace(folder.resolve("nodes.yaml"), nodes());
    world.ask(preference);
    world.restore();
    return world;
  }

  /** Lets the Service ask for something else. */
  void ask(DemoPreference preference) throws IOException {
    WorkspaceFiles.replace(folder.resolve("web.yaml"), DemoYaml.service(preference));
  }

  /** Returns the folder of manifests that the control plane follows. */
  public Path folder() {
    return folder;
  }

  /** All backends, those of one zone one after the other. */
  public List<BackendSpec> backends() {
    return backends;
  }

  /** The Node of a zone: node-a of zone-a. */
  public static String nodeOf(String zone) {
    return zone.replace("zone-", "node-");
  }

  /** Makes all endpoints of a zone unready, as `kubectl drain` and failing probes do. */
  public void drain(String zone) throws IOException {
    writeSlice(zone);
  }

  /** Makes everything ready. */
  public void restore() throws IOException {
    writeSlice("");
  }

  /** ip:port of the backends outside of a zone ("": all). */
  public Set<String> addressesOutside(String zone) {
    return backends.stream()
        .filter(backend -> !backend.zone().equals(zone))
        .map(backend -> backend.address() + ":" + backend.port())
        .collect(Collectors.toUnmodifiableSet());
  }

  private void writeSlice(String drained) throws IOException {
    StringBuilder endpoints = new StringBuilder();
    for (BackendSpec backend : backends) {
      endpoints.append(
          backend.zone().equals(drained)
              ? DemoYaml.unreadyEndpoint(backend)
              : DemoYaml.readyEndpoint(backend));
    }
    WorkspaceFiles.replace(
        folder.resolve(SLICE), DemoYaml.slice(endpoints.toString(), backends.getFirst().port()));
  }

  private static String nodes() {
    return ZONES.stream()
        .map(zone -> DemoYaml.node(nodeOf(zone), zone))
        .collect(Collectors.joining("---\n"));
  }

  private static List<BackendSpec> backendSpecs(DemoBackends backends, int port) {
    List<BackendSpec> specs = new ArrayList<>();
    for (int z = 0; z < ZONES.size(); z++) {
      String zone = ZONES.get(z);
      for (int i = 1; i <= backends.in(zone); i++) {
        String name = "web-" + zone.substring("zone-".length()) + i;
        String address = "127.1." + (z + 1) + "." + i;
        specs.add(new BackendSpec(name, zone, nodeOf(zone), address, port));
      }
    }
    return List.copyOf(specs);
  }
}

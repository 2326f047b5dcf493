package io.github.topologyxds.e2e.proxyless;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.GrpcEcho;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A Service of gRPC servers, which answer with their zone, in the world of a bench. */
final class EchoService {
  private final Bench bench;
  private final Map<BackendSpec, EndpointState> states = new LinkedHashMap<>();
  private final Map<BackendSpec, GrpcEcho> servers = new HashMap<>();
  private ServiceSpec spec;

  /** Starts a server on every Node of the world, and writes the Service. */
  EchoService(Bench bench, String name) throws IOException {
    this(bench, name, bench.world().nodes());
  }

  /** Starts a server on each of these Nodes, and writes the Service. */
  EchoService(Bench bench, String name, List<String> nodes) throws IOException {
    this(bench, ServiceSpec.of(Bench.NAMESPACE, name), nodes);
  }

  /** The same of a Service that has no port yet. */
  EchoService(Bench bench, ServiceSpec kind, List<String> nodes) throws IOException {
    this.bench = bench;
    this.spec = kind.withPort(new ServiceSpec.Port("grpc", 80, FreePorts.next(), "grpc"));
    for (String node : nodes) {
      start(node);
    }
    write();
  }

  private void start(String node) throws IOException {
    String zone = bench.world().zoneOf(node);
    int port = spec.ports().getFirst().target();
    String address = bench.nextAddress(zone);
    String pod = spec.name() + "-" + address.replace('.', '-');
    GrpcEcho server = new GrpcEcho(zone, new InetSocketAddress(address, port));
    bench.closing(server::die);
    BackendSpec backend = new BackendSpec(pod, zone, node, address, port);
    servers.put(backend, server);
    states.put(backend, EndpointState.READY);
  }

  /** These end, whatever the slice says: their ports refuse connections. */
  void die(Predicate<BackendSpec> which) {
    servers.forEach((pod, server) -> {
      if (which.test(pod)) {
        server.die();
      }
    });
  }

  ServiceSpec spec() {
    return spec;
  }

  /** Returns how many calls these have answered. */
  long calls(Predicate<BackendSpec> which) {
    return servers.entrySet().stream()
        .filter(server -> which.test(server.getKey()))
        .mapToLong(server -> server.getValue().calls())
        .sum();
  }

  /** Returns the first of these. */
  BackendSpec first(Predicate<BackendSpec> which) {
    return states.keySet().stream().filter(which).findFirst().orElseThrow();
  }

  static Predicate<BackendSpec> inZone(String zone) {
    return pod -> pod.zone().equals(zone);
  }

  /** Says in the slice how these Pods stand; what they do in truth is not changed. */
  void mark(EndpointState state, Predicate<BackendSpec> which) throws IOException {
    states.replaceAll((pod, before) -> which.test(pod) ? state : before);
    bench.world().slice(spec, states);
  }

  /**
   * Gives the Service's port another name. The slice has both before: where a slice follows its
   * Service, or goes before it, there are no endpoints of the port in between, for anybody.
   */
  void renamePort(String name) throws IOException {
    ServiceSpec.Port before = spec.ports().getFirst();
    ServiceSpec.Port after =
        new ServiceSpec.Port(name, before.number(), before.target(), before.appProtocol());
    bench.world().slice(spec.withPort(after), states);
    spec = ServiceSpec.of(spec.namespace(), spec.name()).withPort(after);
    bench.world().service(spec);
  }

  void delete() throws IOException {
    bench.world().delete(spec);
  }

  void write() throws IOException {
    bench.world().slice(spec, states);
    bench.world().service(spec);
  }
}

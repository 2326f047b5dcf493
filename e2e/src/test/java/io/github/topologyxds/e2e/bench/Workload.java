package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.Behaviour;
import io.github.topologyxds.demo.backend.EchoBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A Service of a world and the real backends behind it, which count. */
public final class Workload {
  /** 5 s, and Envoy looks at its ejections every 10 s only; twice that. */
  private static final Duration MAX_EJECTION = Duration.ofSeconds(30);

  private final World world;
  private final ServiceSpec spec;
  private final Map<BackendSpec, EchoBackend> backends = new LinkedHashMap<>();
  private final Map<BackendSpec, EndpointState> states = new LinkedHashMap<>();
  private final String clusterIp;

  /** Writes the Service with all its backends ready. */
  Workload(World world, ServiceSpec spec, Collection<EchoBackend> backends) throws IOException {
    this.world = world;
    this.spec = spec;
    for (EchoBackend backend : backends) {
      this.backends.put(backend.spec(), backend);
      states.put(backend.spec(), EndpointState.READY);
    }
    world.slice(spec, states);
    clusterIp = world.service(spec);
  }

  public ServiceSpec spec() {
    return spec;
  }

  public String clusterIp() {
    return clusterIp;
  }

  public static Predicate<BackendSpec> inZone(String zone) {
    return pod -> pod.zone().equals(zone);
  }

  /** Says in the slice how these Pods stand; what they do in truth is not changed. */
  public void mark(EndpointState state, Predicate<BackendSpec> which) throws IOException {
    states.replaceAll((pod, before) -> which.test(pod) ? state : before);
    world.slice(spec, states);
  }

  public void delete() throws IOException {
    world.delete(spec);
  }

  public List<EchoBackend> backends(Predicate<BackendSpec> which) {
    return backends.values().stream().filter(backend -> which.test(backend.spec())).toList();
  }

  public void behave(Behaviour behaviour, Predicate<BackendSpec> which) {
    backends(which).forEach(backend -> backend.behave(behaviour));
  }

  /** ip:port. */
  public Set<String> addresses(Predicate<BackendSpec> which) {
    return backends.keySet().stream()
        .filter(which)
        .map(pod -> pod.address() + ":" + pod.port())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Requests that these backends have counted. */
  public long counted(Predicate<BackendSpec> which) {
    return backends(which).stream().mapToLong(EchoBackend::requests).sum();
  }

  public long counted() {
    return counted(pod -> true);
  }

  public Map<String, Long> countedByZone() {
    Map<String, Long> counted = new TreeMap<>();
    backends
        .values()
        .forEach(backend -> counted.merge(backend.spec().zone(), backend.requests(), Long::sum));
    return counted;
  }

  /** Share of the counted requests that went to these backends, in percent. */
  public double share(Predicate<BackendSpec> which) {
    return 100.0 * counted(which) / counted();
  }

  public void resetCounts() {
    backends.values().forEach(EchoBackend::resetCounts);
  }

  /** Waits, under running traffic, until these backends have counted so many more. */
  public void awaitMore(long more, Predicate<BackendSpec> which) {
    long before = counted(which);
    Wait.until(more + " more requests").until(() -> counted(which) >= before + more);
  }

  /**
   * Waits, under running traffic, until 500 requests in a row are counted by these backends alone.
   * Envoy's workers learn of a change a moment after its admin port shows it, and requests that are
   * under way end where they are.
   */
  public void awaitOnly(Predicate<BackendSpec> which) {
    Wait.until("500 requests to the expected backends alone")
        .atMost(MAX_EJECTION)
        .until(next500GoTo(which));
  }

  private Callable<Boolean> next500GoTo(Predicate<BackendSpec> which) {
    return () -> {
      long others = counted(which.negate());
      awaitMore(500, which);
      return counted(which.negate()) == others;
    };
  }
}

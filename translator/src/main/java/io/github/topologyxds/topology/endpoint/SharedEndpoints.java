package io.github.topologyxds.topology.endpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The endpoints of the service ports of the same slices, put together for whoever asks. */
public final class SharedEndpoints {
  private static final SharedEndpoints NONE =
      new SharedEndpoints(new Recomputed<>(List::of), Set.of());

  private final Recomputed<List<UsableEndpoint>> list;
  private final Recomputed<Map<String, UsableEndpoint>> byTarget =
      new Recomputed<>(this::indexByTarget);
  private final Set<String> readyHostnames;

  private SharedEndpoints(Recomputed<List<UsableEndpoint>> list, Set<String> readyHostnames) {
    this.list = list;
    this.readyHostnames = readyHostnames;
  }

  /**
   * Returns these endpoints.
   *
   * @param again returns the same once more; runs when somebody asks for them later
   */
  public static SharedEndpoints of(
      List<UsableEndpoint> first, Supplier<List<UsableEndpoint>> again) {
    return first.isEmpty()
        ? NONE
        : new SharedEndpoints(new Recomputed<>(again, first), hostnamesOfReady(first));
  }

  /** Returns whether there is none. */
  @SuppressWarnings("ReferenceEquality") // the one that says so
  public boolean isEmpty() {
    return this == NONE;
  }

  /** Returns them, sorted by address and port. */
  public List<UsableEndpoint> list() {
    return list.get();
  }

  /** Returns them by the {@code targetRef.uid} of their pods; of several for one pod the first. */
  public Map<String, UsableEndpoint> byTarget() {
    return byTarget.get();
  }

  /** Returns the hostnames of the ready ones, without "". */
  public Set<String> readyHostnames() {
    return readyHostnames;
  }

  private Map<String, UsableEndpoint> indexByTarget() {
    Map<String, UsableEndpoint> index = new HashMap<>();
    for (UsableEndpoint endpoint : list()) {
      if (!endpoint.name().targetUid().isEmpty()) {
        index.putIfAbsent(endpoint.name().targetUid(), endpoint);
      }
    }
    return index;
  }

  private static Set<String> hostnamesOfReady(List<UsableEndpoint> endpoints) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.condition() == EndpointCondition.READY)
        .map(UsableEndpoint::hostname)
        .filter(hostname -> !hostname.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}

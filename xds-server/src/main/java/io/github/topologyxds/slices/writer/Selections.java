package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Services and ExternalWorkloads, and which of them select each other: those of one namespace.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class Selections {
  private final TreeMap<ObjectName, DesiredService> services = new TreeMap<>();
  private final TreeMap<ObjectName, ExternalWorkload> workloads = new TreeMap<>();

  void clear() {
    services.clear();
    workloads.clear();
  }

  SortedSet<ObjectName> serviceNames() {
    return new TreeSet<>(services.keySet());
  }

  Collection<DesiredService> services() {
    return services.values();
  }

  Optional<DesiredService> service(ObjectName name) {
    return Optional.ofNullable(services.get(name));
  }

  void put(DesiredService service) {
    services.put(service.name(), service);
  }

  void removeService(ObjectName name) {
    services.remove(name);
  }

  /** Returns the Services that select it, or did so before. */
  Set<ObjectName> put(ExternalWorkload workload) {
    Set<ObjectName> concerned = selecting(workloads.put(workload.name(), workload));
    concerned.addAll(selecting(workload));
    return concerned;
  }

  /** Returns the Services that have selected it. */
  Set<ObjectName> removeWorkload(ObjectName name) {
    return selecting(workloads.remove(name));
  }

  /** Returns the Services that select it. */
  Set<ObjectName> selecting(ObjectName workload) {
    return selecting(workloads.get(workload));
  }

  /** Returns the Services that select a workload on one of these Nodes. */
  Set<ObjectName> selectingOn(Set<String> nodes) {
    Set<ObjectName> concerned = new HashSet<>();
    for (ExternalWorkload workload : workloads.values()) {
      if (nodes.contains(workload.nodeName())) {
        concerned.addAll(selecting(workload));
      }
    }
    return concerned;
  }

  /** Returns the workloads that a Service may select. */
  List<ExternalWorkload> beside(DesiredService service) {
    return List.copyOf(inNamespace(workloads, service.name().namespace()));
  }

  private Set<ObjectName> selecting(@Nullable ExternalWorkload workload) {
    Set<ObjectName> selecting = new HashSet<>();
    if (workload != null) {
      inNamespace(services, workload.name().namespace()).stream()
          .filter(service -> service.selects(workload.labels()))
          .forEach(service -> selecting.add(service.name()));
    }
    return selecting;
  }

  private static <T> Collection<T> inNamespace(SortedMap<ObjectName, T> objects, String namespace) {
    return objects
        .subMap(new ObjectName(namespace, ""), new ObjectName(namespace + '\0', ""))
        .values();
  }
}

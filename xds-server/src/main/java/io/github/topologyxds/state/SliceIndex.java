package io.github.topologyxds.state;

import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The slices by the Service that they name. Owner: the state thread (see ClusterStateStore). */
final class SliceIndex {
  private final Map<ObjectName, SliceModel> byName = new HashMap<>();

  /** Sorted by name. */
  private final Map<ObjectName, List<SliceModel>> byService = new HashMap<>();

  /** How many endpoints name each zone: known without a look at all of them. */
  private final Map<String, Integer> zones = new HashMap<>();

  /** The Services that slices name and that do not exist. */
  private final TreeSet<ObjectName> orphaned = new TreeSet<>();

  /** About their slices; put together again when one of them may have changed. */
  private List<Finding> unused = List.of();

  private boolean unusedChanged;

  /** Returns the slices of a Service, sorted by name. */
  List<SliceModel> of(ObjectName service) {
    return byService.getOrDefault(service, List.of());
  }

  /** Returns the Services whose slices changed: the one that the slice named before, and now. */
  Set<ObjectName> put(SliceModel slice) {
    Set<ObjectName> changed = delete(slice.name());
    unusedChanged |= orphaned.contains(slice.service());
    byName.put(slice.name(), slice);
    slice.endpoints().forEach(endpoint -> zones.merge(endpoint.zone(), 1, Integer::sum));
    byService.put(slice.service(), with(of(slice.service()), slice));
    changed.add(slice.service());
    return changed;
  }

  /** None of them has the slice's name. */
  private static List<SliceModel> with(List<SliceModel> sorted, SliceModel slice) {
    int place =
        -1 - Collections.binarySearch(sorted, slice, Comparator.comparing(SliceModel::name));
    List<SliceModel> joined = new ArrayList<>(sorted);
    joined.add(place, slice);
    return List.copyOf(joined);
  }

  /** Returns the Service whose slices changed, if there was such a slice. */
  Set<ObjectName> delete(ObjectName name) {
    SliceModel slice = byName.remove(name);
    Set<ObjectName> changed = new HashSet<>();
    if (slice != null) {
      changed.add(slice.service());
      unusedChanged |= orphaned.contains(slice.service());
      slice
          .endpoints()
          .forEach(endpoint ->
              zones.computeIfPresent(endpoint.zone(), (zone, n) -> n == 1 ? null : n - 1));
      byService.computeIfPresent(
          slice.service(),
          (service, slices) -> {
            List<SliceModel> left =
                slices.stream().filter(other -> !other.name().equals(name)).toList();
            return left.isEmpty() ? null : left;
          });
    }
    return changed;
  }

  /** Returns all Nodes that endpoints name. */
  Set<String> namedNodes() {
    Set<String> nodes = new HashSet<>();
    for (SliceModel slice : byName.values()) {
      slice.endpoints().forEach(endpoint -> nodes.add(endpoint.nodeName()));
    }
    return nodes;
  }

  /** Returns all zones that endpoints name; "" where one names none. */
  Set<String> zones() {
    return Collections.unmodifiableSet(zones.keySet());
  }

  /** Returns the Services with an endpoint that has its zone from one of these Nodes. */
  Set<ObjectName> servicesWithZoneFrom(Set<String> nodes) {
    Set<ObjectName> services = new TreeSet<>();
    for (SliceModel slice : byName.values()) {
      for (EndpointModel endpoint : slice.endpoints()) {
        if (endpoint.zone().isEmpty() && nodes.contains(endpoint.nodeName())) {
          services.add(slice.service());
        }
      }
    }
    return services;
  }

  /** Notes whether this Service exists, for {@link #withoutService}. */
  void settle(ObjectName service, Set<ObjectName> services) {
    boolean wanted = services.contains(service) || !byService.containsKey(service);
    unusedChanged |= wanted ? orphaned.remove(service) : orphaned.add(service);
  }

  /** Returns a finding for each slice that no Service will ever use. */
  List<Finding> withoutService() {
    if (unusedChanged) {
      unusedChanged = false;
      List<Finding> findings = new ArrayList<>();
      for (ObjectName service : orphaned) {
        of(service).forEach(slice -> findings.add(unused(slice.name(), service)));
      }
      unused = List.copyOf(findings);
    }
    return unused;
  }

  private static Finding unused(ObjectName slice, ObjectName service) {
    ObjectReference object = ObjectKey.slice(slice);
    return service.name().isEmpty()
        ? Finding.of(
            Reason.SLICE_WITHOUT_LABEL,
            object,
            "has no label kubernetes.io/service-name, so it belongs to no Service")
        : Finding.of(
            Reason.SLICE_WITHOUT_SERVICE,
            object,
            "belongs to Service " + service + ", which does not exist");
  }
}

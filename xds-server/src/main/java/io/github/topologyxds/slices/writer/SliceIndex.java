package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.slices.ObservedSlice;
import io.github.topologyxds.slices.PlannedService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All EndpointSlices, and which Services they concern: the one that the label names and, under our
 * managed-by, the one that owns it, should somebody have changed that label.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class SliceIndex {
  private final String managedBy;
  private final Map<ObjectName, ObservedSlice> slices = new HashMap<>();
  private final Map<ObjectName, Set<ObjectName>> byService = new HashMap<>();
  private int ours;

  SliceIndex(String managedBy) {
    this.managedBy = managedBy;
  }

  /** Returns how many have our managed-by. */
  int ours() {
    return ours;
  }

  boolean isOurs(@Nullable ObservedSlice slice) {
    return slice != null && slice.managedBy().equals(managedBy);
  }

  List<ObjectName> names() {
    return List.copyOf(slices.keySet());
  }

  List<ObservedSlice> withOurLabel() {
    return slices.values().stream().filter(this::isOurs).toList();
  }

  Optional<ObservedSlice> find(ObjectName name) {
    return Optional.ofNullable(slices.get(name));
  }

  /** Returns what stood there before. */
  @Nullable ObservedSlice put(ObservedSlice slice) {
    ObservedSlice before = remove(slice.name());
    slices.put(slice.name(), slice);
    ours += isOurs(slice) ? 1 : 0;
    for (ObjectName service : servicesOf(slice)) {
      byService.computeIfAbsent(service, s -> new HashSet<>()).add(slice.name());
    }
    return before;
  }

  @Nullable ObservedSlice remove(ObjectName name) {
    ObservedSlice before = slices.remove(name);
    if (before != null) {
      ours -= isOurs(before) ? 1 : 0;
      for (ObjectName service : servicesOf(before)) {
        byService.computeIfPresent(
            service,
            (s, names) -> {
              names.remove(name);
              return names.isEmpty() ? null : names;
            });
      }
    }
    return before;
  }

  Set<ObjectName> servicesOf(ObservedSlice slice) {
    Set<ObjectName> services = new HashSet<>();
    services.add(slice.serviceByLabel());
    ObservedSlice.Owner owner = slice.owner();
    if (isOurs(slice) && owner != null) {
      services.add(new ObjectName(slice.name().namespace(), owner.name()));
    }
    return services;
  }

  /**
   * Returns the slices to plan a Service with: those that it owns, and those whose label names it,
   * unless they are ours and another Service's.
   */
  List<ObservedSlice> of(PlannedService service) {
    List<ObservedSlice> found = new ArrayList<>();
    for (ObjectName name : byService.getOrDefault(service.name(), Set.of())) {
      ObservedSlice slice = slices.get(name);
      if (slice != null && concerns(slice, service)) {
        found.add(slice);
      }
    }
    return found;
  }

  /** A slice of ours goes by its owner; one whose owner is another Service is left to that one. */
  private boolean concerns(ObservedSlice slice, PlannedService service) {
    ObservedSlice.Owner owner = slice.owner();
    if (!isOurs(slice) || owner == null) {
      return slice.serviceByLabel().equals(service.name());
    }
    return owner.name().equals(service.name().name());
  }
}

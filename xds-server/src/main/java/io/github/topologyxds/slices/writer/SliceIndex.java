package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.SliceClaim;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All EndpointSlices, whose they are, and which Services they concern: the one that the label names
 * and, under our managed-by, the one that owns it, should somebody have changed that label.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class SliceIndex {
  private final PlannerSettings settings;
  private final Map<ObjectName, Entry> slices = new HashMap<>();
  private final Map<ObjectName, Set<ObjectName>> byService = new HashMap<>();
  private final TreeMap<ObjectName, ObservedSlice> foreign = new TreeMap<>();

  /** Uids of those that are ours: one stays so when somebody strips what says it. */
  private final Set<String> known = new HashSet<>();

  SliceIndex(PlannerSettings settings) {
    this.settings = settings;
  }

  /** A slice, and whose it was when it was seen. */
  record Entry(ObservedSlice slice, SliceClaim claim) {
    static boolean isOurs(@Nullable Entry entry) {
      return entry != null && entry.claim() == SliceClaim.OURS;
    }
  }

  /** A slice that is new, different or gone. */
  record Change(@Nullable Entry before, @Nullable Entry after) {}

  /** Returns how many are ours. */
  int ours() {
    return known.size();
  }

  List<ObjectName> names() {
    return List.copyOf(slices.keySet());
  }

  /** Returns those with our label that are not ours. */
  Collection<ObservedSlice> foreign() {
    return foreign.values();
  }

  Optional<ObservedSlice> find(ObjectName name) {
    return Optional.ofNullable(slices.get(name)).map(Entry::slice);
  }

  /** Returns the slice of this name if it is ours. */
  Optional<ObservedSlice> findOurs(ObjectName name) {
    return Optional.ofNullable(slices.get(name)).filter(Entry::isOurs).map(Entry::slice);
  }

  Change put(ObservedSlice slice) {
    Entry before = slices.get(slice.name());
    Entry after = new Entry(slice, SliceClaim.of(slice, settings, known));
    forget(before);
    slices.put(slice.name(), after);
    if (Entry.isOurs(after)) {
      known.add(slice.identity().uid());
    }
    if (after.claim().isForeign()) {
      foreign.put(slice.name(), slice);
    }
    for (ObjectName service : servicesOf(slice)) {
      byService.computeIfAbsent(service, s -> new HashSet<>()).add(slice.name());
    }
    return new Change(before, after);
  }

  /** Returns null when it was not there. */
  @Nullable Change remove(ObjectName name) {
    Entry before = slices.remove(name);
    forget(before);
    return before == null ? null : new Change(before, null);
  }

  private void forget(@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    ObservedSlice slice = entry.slice();
    known.remove(slice.identity().uid());
    foreign.remove(slice.name());
    for (ObjectName service : servicesOf(slice)) {
      byService.computeIfPresent(
          service,
          (s, names) -> {
            names.remove(slice.name());
            return names.isEmpty() ? null : names;
          });
    }
  }

  /** Returns the Service that the label names of a foreign slice, which a finding is about. */
  Set<ObjectName> servicesOfForeign(ObjectReference object) {
    return object instanceof ObjectKey(ObjectKind kind, ObjectName name) && kind == ObjectKind.SLICE
        ? Optional.ofNullable(foreign.get(name))
            .map(ObservedSlice::serviceByLabel)
            .filter(service -> !service.name().isEmpty())
            .map(Set::of)
            .orElse(Set.of())
        : Set.of();
  }

  /** Does not depend on whose it is, which may change while the slice stays as it is. */
  Set<ObjectName> servicesOf(ObservedSlice slice) {
    Set<ObjectName> services = new HashSet<>();
    services.add(slice.serviceByLabel());
    ObservedSlice.Owner owner = slice.owner();
    if (owner != null && slice.managedBy().equals(settings.managedBy())) {
      services.add(new ObjectName(slice.name().namespace(), owner.name()));
    }
    return services;
  }

  /**
   * Returns the slices to plan a Service with: those that it owns, and those whose label names it,
   * unless they are ours and another Service's.
   */
  List<ObservedSlice> of(DesiredService service) {
    List<ObservedSlice> found = new ArrayList<>();
    for (ObjectName name : byService.getOrDefault(service.name(), Set.of())) {
      Entry entry = slices.get(name);
      if (entry != null && concerns(entry, service)) {
        found.add(entry.slice());
      }
    }
    return found;
  }

  /** Returns the uids of those among these that are ours. */
  Set<String> known(List<ObservedSlice> among) {
    Set<String> uids = new HashSet<>();
    among.forEach(slice -> uids.add(slice.identity().uid()));
    uids.retainAll(known);
    return uids;
  }

  /** A slice of ours goes by its owner; one whose owner is another Service is left to that one. */
  private static boolean concerns(Entry entry, DesiredService service) {
    ObservedSlice.Owner owner = entry.slice().owner();
    if (!Entry.isOurs(entry) || owner == null) {
      return entry.slice().serviceByLabel().equals(service.name());
    }
    return owner.name().equals(service.name().name());
  }
}

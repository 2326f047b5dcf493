package io.github.topologyxds.slices;

import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PortSet;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Packs the endpoints of one address family into slices and changes as few as possible, as the
 * EndpointSlice controller does (k8s.io/endpointslice 0.36.3, reconciler.go
 * reconcileByPortMapping): an endpoint stays where it is, slices that change anyway are filled
 * fullest first, then the one unchanged slice that fits tightest, then a slice that would be
 * deleted, and only then a new one. Nothing is ever rebalanced. Lives on one thread's stack.
 */
final class SlicePacker {
  private static final Comparator<WorkingSlice> FULLEST_FIRST =
      Comparator.comparingInt((WorkingSlice slice) -> slice.endpoints().size()).reversed();

  /** By content and not by name, which a new slice has not got yet. */
  private static final Comparator<WorkingSlice> BY_CONTENT =
      Comparator.comparing(WorkingSlice::ports)
          .thenComparing(slice -> slice.endpoints().getFirst().address());

  private final int mostEndpoints;
  private final List<WorkingSlice> packed = new ArrayList<>();
  private final Deque<ObservedSlice> emptied = new ArrayDeque<>();

  private SlicePacker(int mostEndpoints) {
    this.mostEndpoints = mostEndpoints;
  }

  /**
   * What comes out.
   *
   * @param slices by content; none is empty
   * @param delete those that are left over
   */
  record Packed(List<WorkingSlice> slices, List<ObservedSlice> delete) {}

  /**
   * Packs.
   *
   * @param desired by port set and address, without hints
   * @param own our slices of this family, sorted by name
   */
  static Packed pack(
      SortedMap<PortSet, SortedMap<String, PublishedEndpoint>> desired,
      List<ObservedSlice> own,
      int mostEndpoints) {
    SlicePacker packer = new SlicePacker(mostEndpoints);
    SortedMap<PortSet, List<ObservedSlice>> byPorts = new TreeMap<>();
    desired.keySet().forEach(ports -> byPorts.put(ports, new ArrayList<>()));
    for (ObservedSlice slice : own) {
      byPorts.computeIfAbsent(new PortSet(slice.ports()), ports -> new ArrayList<>()).add(slice);
    }
    byPorts.forEach((ports, slices) ->
        packer.packGroup(ports, desired.getOrDefault(ports, new TreeMap<>()), slices));
    for (WorkingSlice slice : packer.packed) {
      if (slice.observed() == null && !packer.emptied.isEmpty()) {
        slice.reuse(packer.emptied.removeFirst());
      }
    }
    packer.packed.sort(BY_CONTENT);
    return new Packed(packer.packed, List.copyOf(packer.emptied));
  }

  private void packGroup(
      PortSet ports, SortedMap<String, PublishedEndpoint> desired, List<ObservedSlice> own) {
    SortedMap<String, PublishedEndpoint> rest = new TreeMap<>(desired);
    List<WorkingSlice> group = new ArrayList<>();
    for (ObservedSlice slice : own) {
      List<PublishedEndpoint> kept = keep(slice, rest);
      if (kept.isEmpty()) {
        emptied.add(slice);
      } else {
        group.add(WorkingSlice.existing(slice, kept));
      }
    }
    Deque<PublishedEndpoint> homeless = new ArrayDeque<>(rest.values());
    group.stream()
        .filter(WorkingSlice::changed)
        .sorted(FULLEST_FIRST)
        .forEach(slice -> fill(slice, homeless));
    while (!homeless.isEmpty()) {
      fill(
          tightest(group, homeless.size())
              .orElseGet(() -> {
                WorkingSlice created = WorkingSlice.created(ports);
                group.add(created);
                return created;
              }),
          homeless);
    }
    packed.addAll(group);
  }

  /** Returns what stays in a slice, with its hints where nothing else about it differs. */
  private List<PublishedEndpoint> keep(ObservedSlice slice, Map<String, PublishedEndpoint> rest) {
    List<PublishedEndpoint> kept = new ArrayList<>();
    for (PublishedEndpoint present : slice.endpoints()) {
      if (kept.size() < mostEndpoints) {
        PublishedEndpoint wanted = rest.remove(present.address());
        if (wanted != null) {
          kept.add(present.equalsBeyondHints(wanted) ? present : wanted);
        }
      }
    }
    return kept;
  }

  private void fill(WorkingSlice slice, Deque<PublishedEndpoint> homeless) {
    while (!homeless.isEmpty() && slice.endpoints().size() < mostEndpoints) {
      slice.add(homeless.removeFirst());
    }
  }

  private Optional<WorkingSlice> tightest(List<WorkingSlice> group, int count) {
    return group.stream()
        .filter(slice -> !slice.changed())
        .filter(slice -> slice.endpoints().size() + count <= mostEndpoints)
        .min(FULLEST_FIRST);
  }
}

package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.slices.hints.ZoneShares;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the plan of one Service depends on. Equal inputs give equal plans, whatever their order.
 *
 * @param workloads those of the Service's namespace; its selector decides which join
 * @param endpoints the legacy Endpoints of the Service's name; null when there are none
 * @param slices all that name the Service, and those that it owns under our managed-by
 * @param nodes where the Nodes are
 * @param memory what the caller knows of earlier plans
 */
public record PlanningInput(
    DesiredService service,
    List<ExternalWorkload> workloads,
    @Nullable LegacyEndpoints endpoints,
    List<ObservedSlice> slices,
    Nodes nodes,
    Memory memory) {
  public PlanningInput {
    workloads = List.copyOf(workloads);
    slices = List.copyOf(slices);
  }

  /**
   * What planning of one Service remembers from the plan before.
   *
   * @param held the families whose hints stay although counts refuse them ({@link HintStability})
   * @param known uids of slices that were seen to be ours ({@link SliceClaim})
   */
  public record Memory(Set<Family> held, Set<String> known) {
    public static final Memory NONE = new Memory(Set.of(), Set.of());

    public Memory {
      held = Set.copyOf(held);
      known = Set.copyOf(known);
    }
  }

  /** Returns the same input, with the hints of these families held. */
  public PlanningInput holding(Set<Family> held) {
    return new PlanningInput(
        service, workloads, endpoints, slices, nodes, new Memory(held, memory.known()));
  }

  /** What the Nodes say; made once and shared by all Services. */
  public record Nodes(ZoneShares shares, SortedMap<String, String> zoneByName) {
    public static final Nodes NONE = new Nodes(ZoneShares.UNKNOWN, Collections.emptySortedMap());

    public Nodes {
      zoneByName = Collections.unmodifiableSortedMap(new TreeMap<>(zoneByName));
    }

    /** Reads all Nodes. */
    public static Nodes of(List<NodeCapacity> nodes) {
      SortedMap<String, String> zones = new TreeMap<>();
      nodes.forEach(node -> zones.put(node.name(), node.zone()));
      return new Nodes(ZoneShares.of(nodes), zones);
    }
  }
}

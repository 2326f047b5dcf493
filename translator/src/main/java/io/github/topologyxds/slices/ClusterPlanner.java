package io.github.topologyxds.slices;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans all Services of a cluster at once, as the offline command does. */
public final class ClusterPlanner {
  private final PlannerSettings settings;
  private final SlicePlanner planner;

  /** A planner for one installation; it keeps no state. */
  public ClusterPlanner(PlannerSettings settings) {
    this.settings = settings;
    this.planner = new SlicePlanner(settings);
  }

  /** Everything that planning reads of a cluster, in any order. */
  public record World(
      List<DesiredService> services,
      List<ExternalWorkload> workloads,
      List<LegacyEndpoints> endpoints,
      List<NodeCapacity> nodes,
      List<ObservedSlice> slices) {
    public World {
      services = List.copyOf(services);
      workloads = List.copyOf(workloads);
      endpoints = List.copyOf(endpoints);
      nodes = List.copyOf(nodes);
      slices = List.copyOf(slices);
    }
  }

  /**
   * The plans of all Services.
   *
   * @param findings of all plans, and about slices of ours that belong to no Service; sorted
   */
  public record ClusterPlan(SortedMap<ObjectName, ServicePlan> services, List<Finding> findings) {
    public ClusterPlan {
      services = new TreeMap<>(services);
      findings = List.copyOf(findings);
    }
  }

  /** Plans everything. */
  public ClusterPlan plan(World world) {
    PlanningInput.Nodes nodes = PlanningInput.Nodes.of(world.nodes());
    SortedMap<ObjectName, DesiredService> services = new TreeMap<>();
    world.services().forEach(service -> services.put(service.name(), service));
    TreeSet<Finding> findings = new TreeSet<>();
    Map<ObjectName, List<ObservedSlice>> slices = byService(world, services, findings);
    Map<String, List<ExternalWorkload>> workloads = new HashMap<>();
    for (ExternalWorkload workload : world.workloads()) {
      workloads
          .computeIfAbsent(workload.name().namespace(), namespace -> new ArrayList<>())
          .add(workload);
    }
    Map<ObjectName, LegacyEndpoints> endpoints = new HashMap<>();
    world.endpoints().forEach(legacy -> endpoints.put(legacy.name(), legacy));
    SortedMap<ObjectName, ServicePlan> plans = new TreeMap<>();
    services.forEach((name, service) -> {
      ServicePlan plan =
          planner.plan(
              new PlanningInput(
                  service,
                  workloads.getOrDefault(name.namespace(), List.of()),
                  endpoints.get(name),
                  slices.getOrDefault(name, List.of()),
                  nodes,
                  PlanningInput.Memory.NONE));
      findings.addAll(plan.findings());
      plans.put(name, plan);
    });
    return new ClusterPlan(plans, List.copyOf(findings));
  }

  /**
   * A slice of ours belongs to its owner even if somebody changed the label that names the Service;
   * all others belong where that label says.
   */
  private Map<ObjectName, List<ObservedSlice>> byService(
      World world, SortedMap<ObjectName, DesiredService> services, Set<Finding> findings) {
    Map<ObjectName, List<ObservedSlice>> byService = new HashMap<>();
    List<ObservedSlice> foreign = new ArrayList<>();
    for (ObservedSlice slice : world.slices()) {
      ObjectName name = slice.serviceByLabel();
      ObservedSlice.Owner owner = slice.owner();
      SliceClaim claim = SliceClaim.of(slice, settings, Set.of());
      boolean ours = claim == SliceClaim.OURS;
      if (claim.isForeign()) {
        foreign.add(slice);
      }
      if (ours && owner != null) {
        ObjectName byOwner = new ObjectName(slice.name().namespace(), owner.name());
        DesiredService service = services.get(byOwner);
        name = service != null && service.uid().equals(owner.uid()) ? byOwner : name;
      }
      byService.computeIfAbsent(name, service -> new ArrayList<>()).add(slice);
      if (ours && !services.containsKey(name)) {
        findings.add(
            Finding.of(
                Reason.SLICE_WITHOUT_SERVICE,
                ObjectKey.slice(slice.name()),
                "no Service "
                    + name
                    + ": its slices go with it, by Kubernetes' garbage collection"));
      }
    }
    findings.addAll(new ForeignSlices(settings).findings(foreign));
    return byService;
  }
}

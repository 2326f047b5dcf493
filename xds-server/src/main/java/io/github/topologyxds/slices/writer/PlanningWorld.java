package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.HintStability;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.PlanningInput;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What planning reads of the cluster, as last seen. A change costs what it concerns.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class PlanningWorld {
  private final Selections selections = new Selections();
  private final Map<ObjectName, LegacyEndpoints> endpoints = new HashMap<>();
  private final TreeMap<String, NodeCapacity> capacities = new TreeMap<>();
  private final SliceIndex slices;
  private PlanningInput.Nodes nodes = PlanningInput.Nodes.NONE;
  private boolean complete;

  PlanningWorld(PlannerSettings settings) {
    this.slices = new SliceIndex(settings);
  }

  /** Collects what a batch concerns; lives on one thread's stack. */
  private static final class Touched {
    private final TreeSet<ObjectName> services = new TreeSet<>();
    private final TreeSet<String> nodes = new TreeSet<>();
    private final List<SliceIndex.Change> slices = new ArrayList<>();
  }

  /**
   * What a batch concerns.
   *
   * @param services to plan again; some may be gone, or never have been
   */
  record Effect(SortedSet<ObjectName> services, List<SliceIndex.Change> slices) {}

  boolean complete() {
    return complete;
  }

  SliceIndex slices() {
    return slices;
  }

  SortedSet<ObjectName> services() {
    return selections.serviceNames();
  }

  Optional<DesiredService> service(ObjectName name) {
    return selections.service(name);
  }

  /** Returns all that the plan of a Service depends on. */
  PlanningInput input(DesiredService service) {
    List<ObservedSlice> known = slices.of(service);
    return new PlanningInput(
        service,
        selections.beside(service),
        endpoints.get(service.name()),
        known,
        nodes,
        new PlanningInput.Memory(Set.of(), slices.known(known)));
  }

  /** Applies one batch as a whole. */
  Effect apply(StateChange change) {
    Touched touched = new Touched();
    switch (change) {
      case StateChange.Everything everything -> {
        forgetWhatIsNotIn(everything.objects(), touched);
        everything.objects().forEach(object -> put(object, touched));
        complete = true;
      }
      case StateChange.Difference difference ->
          difference.changes().forEach(one -> apply(one, touched));
      case StateChange.Restored former ->
          throw new IllegalArgumentException("nothing is planned from a former state");
      case StateChange.Withdrawn former ->
          throw new IllegalArgumentException("nothing was planned from a former state");
    }
    if (!touched.nodes.isEmpty()) {
      settleNodes(touched);
    }
    return new Effect(touched.services, touched.slices);
  }

  private void forgetWhatIsNotIn(List<ModelObject> everything, Touched touched) {
    Set<ObjectName> there = new TreeSet<>();
    for (ModelObject object : everything) {
      if (object instanceof PlanningObject.OfSlice(ObservedSlice slice)) {
        there.add(slice.name());
      }
    }
    touched.services.addAll(selections.serviceNames());
    touched.nodes.addAll(capacities.keySet());
    selections.clear();
    endpoints.clear();
    capacities.clear();
    slices.names().stream()
        .filter(name -> !there.contains(name))
        .forEach(name -> deleteSlice(name, touched));
  }

  private void apply(ObjectChange change, Touched touched) {
    switch (change) {
      case ObjectChange.Put(ModelObject object) -> put(object, touched);
      case ObjectChange.Delete(ObjectKey key) -> delete(key, touched);
    }
  }

  private void put(ModelObject object, Touched touched) {
    if (!(object instanceof PlanningObject planning)) {
      throw new IllegalArgumentException("not for planning: " + object.key());
    }
    switch (planning) {
      case PlanningObject.OfService(DesiredService service) -> {
        selections.put(service);
        touched.services.add(service.name());
      }
      case PlanningObject.OfNode(NodeCapacity node) -> {
        capacities.put(node.name(), node);
        touched.nodes.add(node.name());
      }
      case PlanningObject.OfSlice(ObservedSlice slice) -> {
        SliceIndex.Change change = slices.put(slice);
        touched.slices.add(change);
        touched.services.addAll(slices.servicesOf(slice));
        if (change.before() != null) {
          touched.services.addAll(slices.servicesOf(change.before().slice()));
        }
      }
      case PlanningObject.OfEndpoints(LegacyEndpoints legacy) -> {
        endpoints.put(legacy.name(), legacy);
        touched.services.add(legacy.name());
      }
      case PlanningObject.OfWorkload(ExternalWorkload workload) ->
          touched.services.addAll(selections.put(workload));
    }
  }

  private void delete(ObjectKey key, Touched touched) {
    switch (key.kind()) {
      case SERVICE -> {
        selections.removeService(key.name());
        touched.services.add(key.name());
      }
      case NODE -> {
        capacities.remove(key.name().name());
        touched.nodes.add(key.name().name());
      }
      case SLICE -> deleteSlice(key.name(), touched);
      case ENDPOINTS -> {
        endpoints.remove(key.name());
        touched.services.add(key.name());
      }
      case EXTERNAL_WORKLOAD -> touched.services.addAll(selections.removeWorkload(key.name()));
      case NAMESPACE, ZONAL_SHIFT, SERVICE_CIDR ->
          throw new IllegalArgumentException("not for planning: " + key);
    }
  }

  private void deleteSlice(ObjectName name, Touched touched) {
    SliceIndex.Change change = slices.remove(name);
    if (change != null && change.before() != null) {
      touched.slices.add(change);
      touched.services.addAll(slices.servicesOf(change.before().slice()));
    }
  }

  /**
   * Hints follow the Nodes' CPU, zones that nobody wrote follow the Node that an endpoint names.
   */
  private void settleNodes(Touched touched) {
    PlanningInput.Nodes before = nodes;
    nodes = PlanningInput.Nodes.of(List.copyOf(capacities.values()));
    for (DesiredService service : selections.services()) {
      if (HintStability.mustReplan(service, before.shares(), nodes.shares())) {
        touched.services.add(service.name());
      }
    }
    touched.nodes.removeIf(node ->
        before
            .zoneByName()
            .getOrDefault(node, "")
            .equals(nodes.zoneByName().getOrDefault(node, "")));
    if (touched.nodes.isEmpty()) {
      return;
    }
    touched.services.addAll(selections.selectingOn(touched.nodes));
    endpoints.keySet().stream().filter(this::mirrors).forEach(touched.services::add);
  }

  private boolean mirrors(ObjectName service) {
    return selections
        .service(service)
        .filter(found -> found.is(DesiredService.Trait.MIRRORED))
        .isPresent();
  }

  /** Returns the Services that get endpoints from what a finding is about. */
  Set<ObjectName> fedBy(ObjectReference object) {
    if (!(object instanceof ObjectKey(ObjectKind kind, ObjectName name))) {
      return Set.of();
    }
    return switch (kind) {
      case EXTERNAL_WORKLOAD -> selections.selecting(name);
      case ENDPOINTS -> mirrors(name) ? Set.of(name) : Set.of();
      case NAMESPACE, NODE, SERVICE, SLICE, ZONAL_SHIFT, SERVICE_CIDR -> Set.of();
    };
  }
}

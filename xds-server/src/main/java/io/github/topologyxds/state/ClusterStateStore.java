package io.github.topologyxds.state;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.topology.address.Cidr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cluster as last seen, and the two memories that go with it. It turns batches of objects into
 * the set of Services to translate again. A batch costs what it holds; only one with Nodes looks at
 * all slices.
 *
 * <p>Not thread-safe: owned by one thread, the "state" thread of the server.
 */
public final class ClusterStateStore {
  private final TreeMap<ObjectName, ServiceModel> services = new TreeMap<>();
  private final Map<String, NamespaceModel> namespaces = new HashMap<>();
  private final SliceIndex slices = new SliceIndex();
  private final TopologyMemory topology = new TopologyMemory();
  private final ReadinessMemory readiness = new ReadinessMemory();
  private final Map<ObjectKey, ModelObject> objects = new HashMap<>();
  private KnownDemand demand = KnownDemand.NONE;
  private final ShiftMemory shifts = new ShiftMemory();
  private final AnnouncedRanges serviceCidrs = new AnnouncedRanges();
  private Demand ofNodes = Demand.UNKNOWN;
  private long held;
  private boolean complete;

  /** Whether what is here is what another process has kept. */
  private boolean former;

  /** Returns what all objects take of the heap: computed, in bytes. */
  public long held() {
    return held;
  }

  /** True once a complete state has been applied. */
  public boolean complete() {
    return complete;
  }

  /** Returns the Nodes that exist now, by name. */
  public Map<String, NodeModel> nodes() {
    return topology.nodes();
  }

  /** Returns the names of all Services, sorted. */
  public SortedSet<ObjectName> services() {
    return new TreeSet<>(services.keySet());
  }

  /**
   * Returns all that the translation of a Service depends on; empty when there is no such Service.
   */
  public Optional<ServiceState> service(ObjectName name) {
    return Optional.ofNullable(services.get(name))
        .map(service ->
            new ServiceState(
                service,
                namespaces.get(name.namespace()),
                slices.of(name),
                readiness.seen(name),
                topology.topology(),
                demand(name),
                shifts.verdict().zones()));
  }

  /** Returns the ranges that ServiceCIDR objects announce, sorted. */
  public List<Cidr> serviceCidrs() {
    return serviceCidrs.ranges();
  }

  /** Judges ZonalShifts by the time; returns the Services to translate again: all, or none. */
  public SortedSet<ObjectName> shift(Instant now) {
    return shifts.judge(topology.topology(), slices, now) ? services() : new TreeSet<>();
  }

  /** Returns what the ZonalShifts came to when they were judged last. */
  public ShiftVerdict shifts() {
    return shifts.verdict();
  }

  /** Returns the demand on a Service: what clients tell, else the Nodes. */
  public Demand demand(ObjectName service) {
    return demand.of(service, ofNodes);
  }

  /** Takes what clients tell of the demand, in place of all that they told before. */
  public void put(KnownDemand known) {
    demand = known;
  }

  /** Applies one batch as a whole. */
  public StateUpdate apply(StateChange change) {
    boolean first = !complete && change instanceof StateChange.Everything;
    TreeSet<ObjectName> dirty = new TreeSet<>();
    List<ObjectChange> changes =
        switch (change) {
          case StateChange.Everything everything -> {
            complete = true;
            former = false;
            yield ObjectChange.between(objects, everything.objects());
          }
          case StateChange.Difference difference -> difference.changes();
          case StateChange.Restored restored -> complete ? List.of() : restore(restored.state());
          case StateChange.Withdrawn withdrawn -> withdraw();
        };
    boolean nodesChanged = false;
    TreeSet<ObjectName> slicesChanged = new TreeSet<>();
    for (ObjectChange one : changes) {
      nodesChanged |= one.key().kind() == ObjectKind.NODE;
      apply(one, dirty, slicesChanged);
    }
    for (ObjectName service : slicesChanged) {
      if (first) {
        readiness.first(service, slices.of(service));
      } else {
        readiness.update(service, slices.of(service));
      }
    }
    dirty.addAll(slicesChanged);
    if (nodesChanged) {
      settleTopology(dirty);
    }
    dirty.forEach(service -> slices.settle(service, services.keySet()));
    List<Finding> findings = new ArrayList<>(slices.withoutService());
    findings.addAll(serviceCidrs.findings());
    return new StateUpdate(dirty, nodesChanged, findings);
  }

  /** Returns all that is needed to go on from here in another process. */
  public KeptState keep() {
    return KeptState.of(objects.values(), topology.topology(), readiness.seen());
  }

  /** Begins with what another process has kept, its memory included. */
  private List<ObjectChange> restore(KeptState kept) {
    complete = true;
    former = true;
    topology.restore(kept.topology());
    readiness.restore(kept.seen());
    return ObjectChange.between(objects, kept.objects());
  }

  /**
   * What another process has kept is not true. It stays until the source has delivered, as what
   * clients have: taking it away would be another untruth.
   */
  private List<ObjectChange> withdraw() {
    if (former) {
      former = false;
      complete = false;
    }
    return List.of();
  }

  private void apply(
      ObjectChange change, SortedSet<ObjectName> dirty, SortedSet<ObjectName> slicesChanged) {
    switch (change) {
      case ObjectChange.Put(ModelObject object) -> {
        held += ObjectCost.of(object) - ObjectCost.of(objects.put(object.key(), object));
        put(object, dirty, slicesChanged);
      }
      case ObjectChange.Delete(ObjectKey key) -> {
        held -= ObjectCost.of(objects.remove(key));
        delete(key, dirty, slicesChanged);
      }
    }
  }

  private void put(
      ModelObject object, SortedSet<ObjectName> dirty, SortedSet<ObjectName> slicesChanged) {
    switch (object) {
      case ModelObject.OfNamespace(NamespaceModel model) -> {
        namespaces.put(model.name(), model);
        dirty.addAll(inNamespace(model.name()));
      }
      case ModelObject.OfNode(NodeModel model) -> topology.put(model);
      case ModelObject.OfService(ServiceModel model) -> {
        services.put(model.name(), model);
        dirty.add(model.name());
      }
      case ModelObject.OfSlice(var model) -> slicesChanged.addAll(slices.put(model));
      case ModelObject.OfZonalShift(var model) -> shifts.put(model);
      case ModelObject.OfServiceCidr(var model) -> serviceCidrs.put(model);
      case ModelObject.ForPlanning planning -> {}
    }
  }

  private void delete(
      ObjectKey key, SortedSet<ObjectName> dirty, SortedSet<ObjectName> slicesChanged) {
    switch (key.kind()) {
      case NAMESPACE -> {
        namespaces.remove(key.name().name());
        dirty.addAll(inNamespace(key.name().name()));
      }
      case NODE -> topology.delete(key.name().name());
      case SERVICE -> {
        services.remove(key.name());
        dirty.add(key.name());
      }
      case SLICE -> slicesChanged.addAll(slices.delete(key.name()));
      case ZONAL_SHIFT -> shifts.delete(key.name().name());
      case SERVICE_CIDR -> serviceCidrs.delete(key.name().name());
      case ENDPOINTS, EXTERNAL_WORKLOAD -> {}
    }
  }

  private SortedSet<ObjectName> inNamespace(String namespace) {
    return new TreeSet<>(
        services
            .subMap(new ObjectName(namespace, ""), new ObjectName(namespace + '\0', ""))
            .keySet());
  }

  private void settleTopology(SortedSet<ObjectName> dirty) {
    TopologyMemory.TopologyChange change = topology.settle(slices.namedNodes());
    ofNodes = NodeDemand.of(topology.nodes().values());
    if (change.regions()) {
      dirty.addAll(services.keySet());
    } else if (!change.nodes().isEmpty()) {
      dirty.addAll(slices.servicesWithZoneFrom(change.nodes()));
    }
  }
}

package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.resources.node.NodeTable;
import io.github.topologyxds.resources.ports.DecisionsInForce;
import io.github.topologyxds.resources.ports.PortRecords;
import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.resources.ports.PortTable;
import io.github.topologyxds.resources.ports.ServedEndpoints;
import io.github.topologyxds.resources.visibility.Sights;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import io.github.topologyxds.topology.address.ServiceRange;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is served now: immutable resources, built and serialised once, shared by all streams. One
 * thread writes ("state", see TranslationPipeline); any thread reads. A change touches the
 * resources of the Services that it names and nothing else, but for the route table where domains
 * change.
 */
public final class ResourceStore {
  private final PortTable ports = new PortTable();
  private final LongAdder translations = new LongAdder();
  private final DecisionsInForce decisions = new DecisionsInForce();
  private final FindingRecorder findings;
  private final List<ClientKind> kinds;
  private final OnDemandState onDemand;

  /** Sorted by name. */
  private final ConcurrentSkipListMap<ObjectName, ServiceTranslation> services =
      new ConcurrentSkipListMap<>();

  private final NodeTable nodes = new NodeTable();
  private volatile Sights sights = Sights.UNLIMITED;
  private volatile RouteTables routeTables;
  private volatile boolean complete;
  private volatile int serviceCount;

  /** Begins empty, with a domain such as {@code cluster.local}. */
  public ResourceStore(String clusterDomain) {
    this(clusterDomain, ServiceRange.ANY, new FindingRecorder());
  }

  /**
   * Begins empty, with a domain such as {@code cluster.local}.
   *
   * @param range the Service CIDRs where they are told; else they follow from the clusterIPs
   * @param findings hears of everything odd, here and in the {@code TranslationPipeline}
   */
  public ResourceStore(String clusterDomain, ServiceRange range, FindingRecorder findings) {
    this(clusterDomain, range, findings, ClientKind.ALL);
  }

  /** The same with kinds of clients of one's own. */
  ResourceStore(
      String clusterDomain, ServiceRange range, FindingRecorder findings, List<ClientKind> kinds) {
    this.onDemand = new OnDemandState(services, range, clusterDomain, this::routes, findings);
    this.findings = findings;
    this.kinds = kinds;
    this.routeTables = new RouteTables(List.of(), clusterDomain, sights);
  }

  /**
   * Puts a batch of translations in place. The clusters are there before a route names them, and
   * the routes are gone before the clusters are.
   *
   * @param changed new and different Services
   * @param gone Services that do not exist any more
   */
  public ResourceUpdate put(Collection<ServiceTranslation> changed, Collection<ObjectName> gone) {
    // Before the ports: an answer that one client is given now must not be kept for others.
    Sights seenBefore = sights;
    sights = seenBefore.with(changed, gone);
    boolean routesChanged = sights != seenBefore;
    ChangedNames names = new ChangedNames();
    for (ServiceTranslation service : changed) {
      ServiceTranslation before = services.put(service.service(), service);
      routesChanged |= before == null || !routeTables.areEqualWith(service, before);
      names.replaced(before);
      PortRecords.OfService records =
          new PortRecords.OfService(
              service.service(),
              service.visibility(),
              translations,
              findings,
              decisions.renew(service.service()));
      for (PortTranslation port : service.ports()) {
        String name = port.cluster().name();
        names.port(name);
        if (ports.put(port, records)) {
          names.cluster(name);
        }
      }
      names.otherNames(this, before, service);
    }
    for (ObjectName name : gone) {
      ServiceTranslation before = services.remove(name);
      decisions.remove(name);
      names.otherNames(this, before, null);
      routesChanged |= before != null && !before.routes().isEmpty();
      names.replaced(before);
    }
    serviceCount = services.size();
    if (routesChanged) {
      RouteTables next = routeTables.next(services.values(), sights);
      routeTables = next;
      findings.replace(new Subject(Finder.ROUTES, ""), next.findings());
    }
    ports.removeAll(names.obsolete());
    return names.update(routesChanged ? Set.of(ResourceNames.OUTBOUND) : Set.of());
  }

  /**
   * Puts the Nodes in place.
   *
   * @return the names of those that are new, gone or different
   */
  public Set<String> putNodes(Map<String, NodeModel> now) {
    return nodes.put(now);
  }

  /** From now on there is an answer to all. */
  public void markComplete() {
    complete = true;
  }

  /** What is here is not true: nobody new is answered until there is something better. */
  public void markIncomplete() {
    complete = false;
  }

  /** False until the first complete state has been put in place: nothing may be answered before. */
  public boolean complete() {
    return complete;
  }

  /** Returns what is served as a client sees it; it belongs to the client's thread. */
  public ClientResources forClient(ClientNode node, XdsProtocol protocol) {
    return new ClientResources(new Client(this, node), ClientKind.of(node, protocol, kinds));
  }

  /** Returns how many Services are served. */
  public int serviceCount() {
    return serviceCount;
  }

  /** Returns how many Services there are with a decision for this reason. */
  public long serviceCount(DecisionReason reason) {
    return decisions.count(reason);
  }

  /** Returns where everything odd is recorded. */
  public FindingRecorder findings() {
    return findings;
  }

  /** Returns how many endpoints are served, by priority and reason; looks at every assignment. */
  public ServedEndpoints servedEndpoints() {
    ServedEndpoints served = new ServedEndpoints();
    ports.all().forEach(port -> port.count(served));
    return served;
  }

  /** Returns whether this is the EDS name of a port that is served. */
  public boolean servesPort(String name) {
    return ports.get(name) != null;
  }

  /** Returns whether a Node is known that is in this zone. */
  public boolean hasZone(String zone) {
    return nodes.hasZone(zone);
  }

  /** Returns how many load assignments have been built since the start. */
  public long translations() {
    return translations.sum();
  }

  /** Returns the names of all clusters, sorted. */
  public NavigableSet<String> clusterNames() {
    return ports.names();
  }

  /** Returns whether there is any port of which a client's Node matters beside its zone. */
  boolean anyNodeMatters() {
    return ports.anyNodeMatters();
  }

  /** Returns this client's load assignment; an empty one for a name that is not known. */
  public XdsResource assignment(String name, ClientView view) {
    PortResources port = ports.get(name);
    return port == null ? PortTranslation.unknown(name) : port.assignment(view);
  }

  /** Returns the service port of this cluster; null when there is none of that name. */
  @Nullable PortResources port(String clusterName) {
    return ports.get(clusterName);
  }

  /** Returns what only sidecars on demand need. */
  public OnDemandState onDemand() {
    return onDemand;
  }

  /** Returns which names lead where, as it is now. */
  RouteTables routes() {
    return routeTables;
  }

  /** Returns who sees which Services, as it is now. */
  Sights sights() {
    return sights;
  }

  @Nullable NodeModel node(String name) {
    return nodes.get(name);
  }

  /** Returns the names of all Nodes as they are now; the set does not change any more. */
  public Set<String> nodeNames() {
    return nodes.names();
  }

  /** Returns what a load assignment was translated from; empty for those that are the latest. */
  public Optional<ServiceState> originOf(XdsResource superseded) {
    return ports.former().origin(superseded);
  }
}

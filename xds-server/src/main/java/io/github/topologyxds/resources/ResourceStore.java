package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.state.FindingRecorder;
import io.github.topologyxds.state.FindingRecorder.Finder;
import io.github.topologyxds.state.FindingRecorder.Subject;
import io.github.topologyxds.topology.DecisionReason;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.XdsResource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is served now: immutable resources, built and serialised once, shared by all streams. One
 * thread writes ("state", see TranslationPipeline); any thread reads. A change touches the
 * resources of the Services that it names and nothing else, but for the route table where domains
 * change.
 */
public final class ResourceStore {
  private final ConcurrentHashMap<String, PortResources> ports = new ConcurrentHashMap<>();

  /** The keys of {@code ports}, in order. A lookup there costs a tenth of one here. */
  private final ConcurrentSkipListSet<String> portNames = new ConcurrentSkipListSet<>();

  /** How many ports there are of which clients on different Nodes may see different endpoints. */
  private final AtomicInteger portsByNode = new AtomicInteger();

  private final LongAdder translations = new LongAdder();
  private final DecisionCounts decisionCounts = new DecisionCounts();
  private final FindingRecorder findings;
  private final String clusterDomain;

  // Owner: the state thread.
  private final TreeMap<ObjectName, ServiceTranslation> services = new TreeMap<>();

  private final Map<ObjectName, ServiceDecisions> decisions = new HashMap<>();

  private volatile RouteTables routeTables;
  private volatile Map<String, NodeModel> nodes = Map.of();
  private volatile boolean complete;
  private volatile int serviceCount;

  /**
   * Begins empty.
   *
   * @param clusterDomain usually {@code cluster.local}
   */
  public ResourceStore(String clusterDomain) {
    this(clusterDomain, new FindingRecorder());
  }

  /**
   * Begins empty.
   *
   * @param clusterDomain usually {@code cluster.local}
   * @param findings hears of everything odd, here and in the {@link TranslationPipeline}
   */
  public ResourceStore(String clusterDomain, FindingRecorder findings) {
    this.clusterDomain = clusterDomain;
    this.findings = findings;
    this.routeTables = new RouteTables(List.of(), clusterDomain);
  }

  /**
   * Puts a batch of translations in place. The clusters are there before a route names them, and
   * the routes are gone before the clusters are.
   *
   * @param changed new and different Services
   * @param gone Services that do not exist any more
   */
  public ResourceUpdate put(Collection<ServiceTranslation> changed, Collection<ObjectName> gone) {
    Set<String> clusters = new HashSet<>();
    Set<String> assignments = new HashSet<>();
    Set<String> obsolete = new HashSet<>();
    boolean routesChanged = false;
    for (ServiceTranslation service : changed) {
      ServiceTranslation before = services.put(service.service(), service);
      routesChanged |= before == null || !routeTables.areEqualWith(service, before);
      obsolete.addAll(clusterNames(before));
      PortResources.Records records =
          new PortResources.Records(
              service.service(), translations, findings, renewed(service.service()));
      for (PortTranslation port : service.ports()) {
        String name = port.cluster().name();
        PortResources replaced = ports.get(name);
        PortResources next = new PortResources(port, replaced, records);
        portsByNode.addAndGet(next.byNode() ? 1 : 0);
        ports.put(name, next);
        portsByNode.addAndGet(replaced != null && replaced.byNode() ? -1 : 0);
        portNames.add(name);
        obsolete.remove(name);
        assignments.add(name);
        if (replaced == null || !replaced.cluster().version().equals(port.cluster().version())) {
          clusters.add(name);
        }
      }
    }
    for (ObjectName name : gone) {
      ServiceTranslation before = services.remove(name);
      retire(decisions.remove(name));
      routesChanged |= before != null && !before.routes().isEmpty();
      obsolete.addAll(clusterNames(before));
    }
    serviceCount = services.size();
    if (routesChanged) {
      RouteTables next = new RouteTables(services.values(), clusterDomain);
      routeTables = next;
      findings.replace(new Subject(Finder.ROUTES, ""), next.findings());
    }
    portNames.removeAll(obsolete);
    for (String name : obsolete) {
      PortResources removed = ports.remove(name);
      portsByNode.addAndGet(removed != null && removed.byNode() ? -1 : 0);
      if (removed != null) {
        removed.retire();
      }
    }
    clusters.addAll(obsolete);
    assignments.addAll(obsolete);
    return new ResourceUpdate(clusters, assignments, routesChanged, false, 0);
  }

  /** What clients were given of the Service before is not in force any more. */
  private ServiceDecisions renewed(ObjectName service) {
    ServiceDecisions next = new ServiceDecisions(decisionCounts);
    retire(decisions.put(service, next));
    return next;
  }

  private static void retire(@Nullable ServiceDecisions before) {
    if (before != null) {
      before.retire();
    }
  }

  public void putNodes(Map<String, NodeModel> newNodes) {
    nodes = Map.copyOf(newNodes);
  }

  /** From now on there is an answer to everything. */
  public void markComplete() {
    complete = true;
  }

  /** False until the first complete state has been put in place: nothing may be answered before. */
  public boolean complete() {
    return complete;
  }

  /** Returns how many Services are served. */
  public int serviceCount() {
    return serviceCount;
  }

  /** Returns how many Services there are with a decision for this reason. */
  public long serviceCount(DecisionReason reason) {
    return decisionCounts.of(reason);
  }

  /** Returns where everything odd is recorded. */
  public FindingRecorder findings() {
    return findings;
  }

  /** Returns how many endpoints are served, by priority and reason; looks at every assignment. */
  public ServedEndpoints servedEndpoints() {
    ServedEndpoints served = new ServedEndpoints();
    ports.values().forEach(port -> port.count(served));
    return served;
  }

  /** Returns how many load assignments have been built since the start. */
  public long translations() {
    return translations.sum();
  }

  /** Returns the names of all clusters, sorted. */
  public NavigableSet<String> clusterNames() {
    return Collections.unmodifiableNavigableSet(portNames);
  }

  /** Returns whether there is any port of which a client's Node matters beside its zone. */
  boolean anyNodeMatters() {
    return portsByNode.get() > 0;
  }

  @Nullable XdsResource cluster(String name) {
    PortResources port = ports.get(name);
    return port == null ? null : port.cluster();
  }

  /** Returns this client's load assignment; an empty one for a name that is not known. */
  public XdsResource assignment(String name, ClientView view) {
    PortResources port = ports.get(name);
    return port == null ? PortTranslation.unknown(name) : port.assignment(view);
  }

  /** Returns the route configuration of clients in this namespace ("" for none). */
  XdsResource routeConfiguration(String clientNamespace, ServiceScope scope) {
    return routeTables.of(clientNamespace, scope);
  }

  @Nullable NodeModel node(String name) {
    return nodes.get(name);
  }

  /** Returns the names of all Nodes as they are now; the set does not change any more. */
  public Set<String> nodeNames() {
    return nodes.keySet();
  }

  private static Set<String> clusterNames(@Nullable ServiceTranslation service) {
    Set<String> names = new HashSet<>();
    if (service != null) {
      service.ports().forEach(port -> names.add(port.cluster().name()));
    }
    return names;
  }
}

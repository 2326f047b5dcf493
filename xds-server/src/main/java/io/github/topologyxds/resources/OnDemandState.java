package io.github.topologyxds.resources;

import com.google.common.collect.Sets;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.resources.visibility.HiddenAddresses;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.topology.address.ServiceCidrs;
import io.github.topologyxds.topology.address.ServiceRange;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.ondemand.ConnectionAges;
import io.github.topologyxds.xds.ondemand.Destinations;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import io.github.topologyxds.xds.ondemand.OnDemandNames;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.routes.HostDestination;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What only sidecars on demand need of the Services: which Pods have names, which names lead where,
 * and what their listeners are made of. One thread writes ("state"), any reads.
 */
public final class OnDemandState {
  /** The listeners change at most so often: every Envoy builds its matcher anew. */
  static final long LISTENER_NANOS = Duration.ofSeconds(5).toNanos();

  private final String clusterDomain;
  private final ServiceRange range;
  private final FindingRecorder findings;

  /** What the {@link ResourceStore} holds. */
  private final Map<ObjectName, ServiceTranslation> services;

  private final Supplier<RouteTables> routes;
  private final NamedAssignments namedAssignments;
  private volatile ListenerTable listeners;

  // Owner: the state thread.
  private boolean begun;
  private boolean stale;
  private boolean published;
  private long publishedAt;
  private List<Cidr> announced = List.of();

  /**
   * Begins without Services.
   *
   * @param services as they are at any time, for any thread to read
   * @param range the Service CIDRs where they are told; else see {@link #announce}
   * @param routes as they are at any time
   * @param findings hears of what the listeners have no room for
   */
  OnDemandState(
      Map<ObjectName, ServiceTranslation> services,
      ServiceRange range,
      String clusterDomain,
      Supplier<RouteTables> routes,
      FindingRecorder findings) {
    this.findings = findings;
    this.services = services;
    this.clusterDomain = clusterDomain;
    this.range = range;
    this.routes = routes;
    this.namedAssignments = new NamedAssignments(clusterDomain);
    this.listeners =
        new ListenerTable(
            new OnDemandListeners(range.cidrs(), Destinations.NONE, clusterDomain),
            HiddenAddresses.NONE);
  }

  /**
   * A Service is new, different or gone.
   *
   * @param before null: it is new
   * @param now null: it is gone
   * @param changedClusters names of clusters that are new or different
   * @return the names of which the clusters may be others now
   */
  Set<String> put(
      @Nullable ServiceTranslation before,
      @Nullable ServiceTranslation now,
      Set<String> changedClusters) {
    Set<String> names = new HashSet<>();
    if (before != null && now != null && before.routes().equals(now.routes())) {
      stale |= !before.visibility().equals(now.visibility());
      boolean changed =
          now.routes().stream().anyMatch(route -> changedClusters.contains(route.clusterName()));
      if (changed) {
        addAll(names, now);
      }
      Set<String> others =
          Sets.symmetricDifference(before.podNames().hostnames(), now.podNames().hostnames());
      addPods(names, now, others);
      return names;
    }
    stale = true;
    addAll(names, before);
    addAll(names, now);
    return names;
  }

  private void addAll(Set<String> names, @Nullable ServiceTranslation service) {
    if (service != null) {
      service.routes().forEach(route -> names.addAll(OnDemandNames.of(route, clusterDomain)));
      addPods(names, service, service.podNames().hostnames());
    }
  }

  private void addPods(Set<String> names, ServiceTranslation service, Set<String> hostnames) {
    for (ServiceRoute route : service.routes()) {
      hostnames.forEach(pod -> names.addAll(OnDemandNames.ofPod(route, pod, clusterDomain)));
    }
  }

  /**
   * Returns the Service, or a Pod of it, that a host's name leads to by any of its ports.
   *
   * @param clientNamespace whose Services have bare names; "" for none
   */
  public Optional<HostDestination> called(String host, String clientNamespace) {
    return Optional.ofNullable(routes.get().names().byAnyPort(host, clientNamespace, this::isPod));
  }

  /** Returns whether there is a Pod of this Service that can be called by its hostname. */
  boolean isPod(ObjectName service, String hostname) {
    ServiceTranslation known = services.get(service);
    return known != null && known.podNames().hostnames().contains(hostname);
  }

  /** Returns the names that a client of this namespace may use for the Services that it calls. */
  Set<String> namesOf(ServiceScope scope, String clientNamespace) {
    Set<String> names = new HashSet<>();
    services.forEach((name, service) -> {
      if (scope.covers(name)) {
        names.addAll(namesOf(service, clientNamespace));
      }
    });
    return names;
  }

  /** Returns whether a client of this namespace may use this name for one of these Services. */
  boolean isNameOf(ObjectName service, String clientNamespace, String name) {
    ServiceTranslation known = services.get(service);
    return known != null && namesOf(known, clientNamespace).contains(name);
  }

  private static Set<String> namesOf(ServiceTranslation service, String clientNamespace) {
    OnDemandNames.Speaker speaker =
        service.service().namespace().equals(clientNamespace)
            ? OnDemandNames.Speaker.SAME_NAMESPACE
            : OnDemandNames.Speaker.ELSEWHERE;
    Set<String> names = new HashSet<>();
    service.routes().forEach(route -> names.addAll(OnDemandNames.canonical(route, speaker)));
    return names;
  }

  /** Returns the load assignments under the names of hosts. */
  NamedAssignments namedAssignments() {
    return namedAssignments;
  }

  /** Returns the listeners as they are now. */
  ListenerTable listeners() {
    return listeners;
  }

  /**
   * The cluster's ServiceCIDR objects say that Services are in these ranges; none: they say not.
   */
  public void announce(List<Cidr> ranges) {
    stale |= !ranges.equals(announced);
    announced = ranges;
  }

  /**
   * Brings the listeners up to date, unless they were changed a moment ago.
   *
   * @param nanos now
   * @return what is to be published
   */
  public ResourceUpdate settle(long nanos) {
    begun = true;
    boolean changed = isDue(nanos) && change(nanos);
    Set<String> names =
        changed ? Set.of(ResourceNames.OUTBOUND, ResourceNames.OUTBOUND_IPV6) : Set.of();
    return new ResourceUpdate(Map.of(ResourceType.LISTENER, names), Set.of(), nanos);
  }

  private boolean isDue(long nanos) {
    return stale && (!published || nanos - publishedAt >= LISTENER_NANOS);
  }

  private boolean change(long nanos) {
    stale = false;
    List<ServiceRoute> oldestFirst = ServiceRoute.oldestFirst(services.values());
    ConnectionAges ages = ConnectionAges.of(oldestFirst);
    findings.replace(new Subject(Finder.LISTENERS, ""), ages.findings());
    OnDemandListeners next =
        new OnDemandListeners(cidrs(), Destinations.of(oldestFirst, ages), clusterDomain);
    ListenerTable table =
        new ListenerTable(next, HiddenAddresses.of(services.values(), next.destinations()));
    if (table.isMadeOfTheSameAs(listeners)) {
      return false;
    }
    published = true;
    publishedAt = nanos;
    listeners = table;
    return true;
  }

  /**
   * Returns after how many nanoseconds they may be changed; empty when nothing is to change, or
   * nobody has brought them up to date yet: the state is not complete.
   */
  public OptionalLong untilDue(long nanos) {
    return begun && stale
        ? OptionalLong.of(published ? Math.max(0, publishedAt + LISTENER_NANOS - nanos) : 0)
        : OptionalLong.empty();
  }

  private List<Cidr> cidrs() {
    return ServiceCidrs.of(
        range,
        announced,
        () ->
            services.values().stream()
                .flatMap(service -> service.routes().stream())
                .flatMap(route -> route.clusterIps().stream())
                .toList());
  }
}

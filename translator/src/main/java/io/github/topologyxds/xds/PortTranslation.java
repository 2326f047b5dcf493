package io.github.topologyxds.xds;

import com.google.common.base.Suppliers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.topology.NearLoad;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.decision.NearUse;
import io.github.topologyxds.topology.decision.Selection;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One service port as Envoy resources. Its load assignments are built when somebody asks. Any
 * thread may ask.
 */
public final class PortTranslation {
  private final ServiceState state;
  private final ServicePort port;
  private final LoadAssignments.Kind kind;
  private final XdsResource cluster;
  private final Family primaryFamily;
  private final DnsResolvers resolvers;
  private final Map<Family, PortRouting> routing;
  private final Map<Family, LoadAssignments> assignments = new EnumMap<>(Family.class);

  /** The primary family's endpoints with the other family's addresses; empty without any. */
  private final Supplier<Optional<LoadAssignments>> dualStack;

  /**
   * Builds what does not depend on who asks.
   *
   * @param resolvers whom Envoys ask, where the endpoints are names
   */
  PortTranslation(
      ServiceState state,
      ServicePort port,
      Map<Family, PortRouting> routing,
      DnsResolvers resolvers) {
    this.resolvers = resolvers;
    this.state = state;
    this.port = port;
    ServiceModel service = state.service();
    String clusterName = ResourceNames.cluster(service.name(), port);
    this.primaryFamily = service.primaryFamily();
    this.routing = routing;
    LoadAssignments.ZoneShares shares = LoadAssignments.ZoneShares.of(routing(primaryFamily));
    this.kind = new LoadAssignments.Kind(clusterName, port.protocol(), service.type(), shares);
    this.cluster = XdsResource.of(ResourceType.CLUSTER, clusterName, clusterMessage());
    routing.forEach(
        (family, r) -> assignments.put(family, new LoadAssignments(kind, r, OtherFamily.NONE)));
    this.dualStack =
        port.protocol() == Protocol.UDP || hasNames() || routing(second()).endpoints().isEmpty()
            ? Optional::empty
            : Suppliers.memoize(this::buildDualStack);
  }

  private Optional<LoadAssignments> buildDualStack() {
    PortRouting primary = routing(primaryFamily);
    OtherFamily other = new OtherFamily(routing(second()));
    return other.knowsAnyOf(primary.endpoints().endpoints())
        ? Optional.of(new LoadAssignments(kind, primary, other))
        : Optional.empty();
  }

  private Family second() {
    return primaryFamily == Family.IPV4 ? Family.IPV6 : Family.IPV4;
  }

  /** Returns what it is translated from. */
  public ServiceState state() {
    return state;
  }

  /** Returns the Service's port. */
  public ServicePort port() {
    return port;
  }

  /**
   * Returns whether its endpoints are names: then they stand in the cluster, which is another one
   * for each {@link #reduce view}, and no load assignment is served.
   */
  public boolean hasNames() {
    return routing(primaryFamily).addressing() == PortRouting.Addressing.NAMES;
  }

  /** Returns whether it is somebody else's one name, which gRPC can have too. */
  public boolean isExternal() {
    return state.service().type() == ServiceType.EXTERNAL_NAME;
  }

  /** Returns the cluster of literal IPs; it is the same for every client. */
  public XdsResource cluster() {
    return cluster;
  }

  /** Returns a client's cluster as a message, built again: few ever ask for it. */
  public Cluster clusterMessage(ClientView view) {
    return hasNames() ? dnsCluster(view, assign(view).message()) : clusterMessage();
  }

  /**
   * Returns the cluster of names.
   *
   * @param endpoints what {@link #assign} returns for this view
   */
  Cluster dnsCluster(ClientView view, ClusterLoadAssignment endpoints) {
    return DnsClusters.of(
        clusterMessage(),
        endpoints,
        isExternal() ? DnsClusters.Addresses.ONE_AT_A_TIME : DnsClusters.Addresses.ALL,
        new DnsClusters.Lookup(view, primaryFamily, resolvers));
  }

  private Cluster clusterMessage() {
    return Clusters.build(kind, port.appProtocol());
  }

  /** Returns whether an Envoy chooses among the zones of one priority by their weights. */
  public boolean weighsLocalities() {
    return kind.weighsLocalities();
  }

  /** Returns the view under which this client's load assignment is shared with others. */
  public ClientView reduce(ClientView view) {
    Family family = family(view);
    ClientView reduced = routing(family).reduce(view);
    // Where no pod has both addresses, asking for the primary family makes no difference.
    boolean both = hasNames() || dualStack.get().isPresent();
    Family asked = view.family() == null && both ? null : family;
    return new ClientView(reduced.node(), reduced.zone(), asked);
  }

  /** Returns whether clients on different nodes of one zone may get different load assignments. */
  public boolean anyNodeMatters() {
    return routing.values().stream().anyMatch(PortRouting::anyNodeMatters);
  }

  /** Returns whether it can make a difference where clients are, all together. */
  public boolean demandMatters() {
    return routing.values().stream().anyMatch(PortRouting::demandMatters);
  }

  /** Returns how the demand is used, in both families. */
  Stream<NearUse> nearUses() {
    return routing.values().stream().map(PortRouting::nearUse).flatMap(Optional::stream);
  }

  /** Returns what the fullest endpoint carries in each family, in means, where that is known. */
  DoubleStream nearRatios() {
    return routing.values().stream()
        .map(PortRouting::nearLoad)
        .flatMap(Optional::stream)
        .mapToDouble(NearLoad::ratio);
  }

  /** Returns this client's load assignment, in the form that it reads. */
  public Assignment assign(ClientView view, AssignmentForm form) {
    return form.of(assign(view));
  }

  /** Returns the load assignment of an Envoy. */
  public Assignment assign(ClientView view) {
    Family family = family(view);
    Selection selection = routing(family).select(view);
    Optional<LoadAssignments> both = view.family() == null ? dualStack.get() : Optional.empty();
    LoadAssignments builder = both.orElse(assignments.get(family));
    if (builder == null) {
      throw new IllegalStateException("no load assignments for family " + family);
    }
    ClusterLoadAssignment message = builder.build(selection);
    List<Integer> tiers = selection.tiers().stream().map(List::size).toList();
    return new Assignment(message, selection.decision(), tiers);
  }

  /** Returns the answer to a name that is not known (any more). */
  public static XdsResource unknown(String clusterName) {
    return XdsResource.of(ResourceType.ENDPOINT, clusterName, LoadAssignments.empty(clusterName));
  }

  /** Returns the family that a client is answered in first. */
  public Family family(ClientView view) {
    return view.family() == null ? primaryFamily : view.family();
  }

  /** Returns what decides a client's load assignment: {@link #assign} asks the same. */
  public PortRouting routing(ClientView view) {
    return routing(family(view));
  }

  private PortRouting routing(Family family) {
    PortRouting result = routing.get(family);
    if (result == null) {
      throw new IllegalStateException("no routing for family " + family);
    }
    return result;
  }
}

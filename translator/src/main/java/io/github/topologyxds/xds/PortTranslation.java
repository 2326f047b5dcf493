package io.github.topologyxds.xds;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.Selection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service port as Envoy resources. Immutable; any thread may ask. */
public final class PortTranslation {
  private final XdsResource cluster;
  private final Family primaryFamily;
  private final Map<Family, PortRouting> routing;
  private final Map<Family, LoadAssignments> assignments = new EnumMap<>(Family.class);

  PortTranslation(
      String clusterName,
      ServicePort port,
      Family primaryFamily,
      Map<Family, PortRouting> routing) {
    this.cluster =
        XdsResource.of(
            ResourceType.CLUSTER, clusterName, Clusters.build(clusterName, port.appProtocol()));
    this.primaryFamily = primaryFamily;
    this.routing = routing;
    routing.forEach((family, r) ->
        assignments.put(
            family, new LoadAssignments(clusterName, port.protocol(), r.endpoints().endpoints())));
  }

  /** Returns the cluster; it is the same for every client. */
  public XdsResource cluster() {
    return cluster;
  }

  /** Returns the view under which this client's load assignment is shared with others. */
  public ClientView reduce(ClientView view) {
    Family family = family(view);
    ClientView reduced = routing(family).reduce(view);
    return new ClientView(reduced.node(), reduced.zone(), family);
  }

  /** Returns this client's load assignment. */
  public Assignment assign(ClientView view) {
    Family family = family(view);
    Selection selection = routing(family).select(view);
    LoadAssignments builder = assignments.get(family);
    if (builder == null) {
      throw new IllegalStateException("no load assignments for family " + family);
    }
    ClusterLoadAssignment message = builder.build(selection);
    List<Integer> tiers = selection.tiers().stream().map(List::size).toList();
    Optional<String> violation = EnvoyValidity.violation(message);
    return new Assignment(message, selection.decision(), tiers, violation);
  }

  /** Returns the answer to a name that is not known (any more). */
  public static XdsResource unknown(String clusterName) {
    return XdsResource.of(ResourceType.ENDPOINT, clusterName, LoadAssignments.empty(clusterName));
  }

  private Family family(ClientView view) {
    return view.family() == null ? primaryFamily : view.family();
  }

  private PortRouting routing(Family family) {
    PortRouting result = routing.get(family);
    if (result == null) {
      throw new IllegalStateException("no routing for family " + family);
    }
    return result;
  }
}

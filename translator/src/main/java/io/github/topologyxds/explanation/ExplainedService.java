package io.github.topologyxds.explanation;

import io.github.topologyxds.explanation.ExpectedShare.LocalityWeights;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.PortTrail;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.decision.Scope;
import io.github.topologyxds.topology.decision.Selection;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.topology.endpoint.OmissionReason;
import io.github.topologyxds.topology.endpoint.Placement;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.IpPort;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Service that can be asked, port by port and client by client, what it gives and why. It
 * translates the Service as a push does. Not thread-safe; made when somebody asks, and let go.
 */
public final class ExplainedService {
  private final ServiceTranslation translation;
  private final Map<Asked.Port, PortTrail> trails = new HashMap<>();

  private ExplainedService(ServiceTranslation translation) {
    this.translation = translation;
  }

  /** Translates a Service; never throws on a user's data. */
  public static ExplainedService of(ServiceState state, RoutingOptions options) {
    return new ExplainedService(new Translator(options).translate(state));
  }

  /** Returns the name of the Service. */
  public ObjectName name() {
    return translation.service();
  }

  /** Returns the Service's resources, as a push has them. */
  public ServiceTranslation translation() {
    return translation;
  }

  /** Returns the ports that are served, in the Service's order. */
  public List<PortTranslation> ports() {
    return translation.ports();
  }

  /** Returns what is odd about the Service and what belongs to it, sorted. */
  public List<Finding> findings() {
    return translation.findings();
  }

  /** Explains one of the {@link #ports} to a client. */
  public Explanation explain(PortTranslation port, ExplainedClient client) {
    ClientView view = client.view();
    PortRouting routing = port.routing(view);
    Selection selection = routing.select(view);
    PortTrail trail =
        trails.computeIfAbsent(
            new Asked.Port(port.cluster().name(), port.family(view)),
            asked -> PortTrail.of(port.state(), port.port(), port.family(view), routing.policy()));
    ExpectedShare shares = ExpectedShare.of(port.assign(view).message(), localityWeights(port));
    return new Explanation(
        port.cluster().name(),
        port.port(),
        client,
        port.family(view),
        routing.policy(),
        selection.decision(),
        routing.rules(view),
        shares.priorities(),
        endpoints(new Asked(client, routing, selection), trail, shares),
        leftOut(routing, selection, trail),
        shares.nowhere());
  }

  /**
   * Returns where a client's requests to one of the {@link #ports} go, by zone, and nothing else.
   */
  public ZoneShares shares(PortTranslation port, ClientView view) {
    return ZoneShares.of(port.assign(view).message(), localityWeights(port));
  }

  private record Asked(ExplainedClient client, PortRouting routing, Selection selection) {
    /** What the trail of endpoints is the same for. */
    record Port(String cluster, Family family) {}
  }

  private static List<ExplainedEndpoint> endpoints(
      Asked asked, PortTrail trail, ExpectedShare shares) {
    EndpointWhy why = new EndpointWhy(asked.client(), asked.selection());
    List<ExplainedEndpoint> endpoints = new ArrayList<>();
    int tier = 0;
    for (List<Placement> placements : asked.selection().tiers()) {
      for (Placement placement : placements) {
        UsableEndpoint endpoint = placement.endpoint();
        IpPort address = new IpPort(endpoint.ip(), asked.routing().number(endpoint));
        double share = shares.of(address);
        endpoints.add(
            new ExplainedEndpoint(
                address,
                endpoint,
                trail.slice(endpoint),
                tier,
                placement.health(),
                placement.nearness(),
                share,
                why.of(placement, tier, share)));
      }
      tier++;
    }
    endpoints.sort(
        Comparator.comparingInt(ExplainedEndpoint::tier)
            .thenComparing(ExplainedEndpoint::zone)
            .thenComparing(ExplainedEndpoint::address));
    return endpoints;
  }

  /** What is left out for everybody, and what Local or failover leaves out for this client. */
  private static List<Omission> leftOut(PortRouting routing, Selection selection, PortTrail trail) {
    List<Omission> omissions = new ArrayList<>(trail.omissions());
    Set<UsableEndpoint> used =
        selection.tiers().stream()
            .flatMap(List::stream)
            .map(Placement::endpoint)
            .collect(Collectors.toSet());
    for (UsableEndpoint endpoint : routing.endpoints().endpoints()) {
      if (!used.contains(endpoint)) {
        omissions.add(
            new Omission(
                trail.slice(endpoint),
                endpoint.ip(),
                endpoint.hostname(),
                endpoint.location(),
                1,
                routing
                        .shifts()
                        .of(endpoint.location().zone())
                        .filter(ShiftedZone::dropped)
                        .isPresent()
                    ? OmissionReason.ZONE_EMPTIED
                    : reason(endpoint, selection.decision())));
      }
    }
    omissions.sort(Comparator.comparing(Omission::slice).thenComparing(Omission::address));
    return omissions;
  }

  private static OmissionReason reason(UsableEndpoint endpoint, Decision decision) {
    return switch (decision.scope()) {
      case Scope.LocalOnly(String node) -> local(endpoint, node);
      case Scope.ClusterWide wide -> OmissionReason.OUT_OF_REACH;
      case Scope.WeightedZones weighted -> OmissionReason.OUT_OF_REACH;
      case Scope.FairZones fair ->
          endpoint.condition() == EndpointCondition.UNREADY
              ? OmissionReason.NOT_READY_FAIR
              : OmissionReason.OUT_OF_REACH;
      case Scope.SameZone zone -> OmissionReason.OUT_OF_REACH;
      case Scope.SameNode node -> OmissionReason.OUT_OF_REACH;
    };
  }

  private static OmissionReason local(UsableEndpoint endpoint, String node) {
    boolean unready = endpoint.condition() == EndpointCondition.UNREADY;
    return unready && endpoint.location().node().equals(node)
        ? OmissionReason.NOT_READY_LOCAL
        : OmissionReason.OTHER_NODE;
  }

  private static LocalityWeights localityWeights(PortTranslation port) {
    return port.weighsLocalities() ? LocalityWeights.USED : LocalityWeights.IGNORED;
  }
}

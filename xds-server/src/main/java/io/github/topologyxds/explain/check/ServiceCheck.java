package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.ClientPlaces;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.ZoneSource;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks what the clients of all places get of each Service. */
final class ServiceCheck {
  private final RoutingOptions options;
  private final ClientPlaces clients;
  private final EndpointSkew skew;

  /**
   * What stands out about one Service.
   *
   * @param reasons of the decisions for all clients
   */
  record Checked(
      ObjectName service,
      Set<DecisionReason> reasons,
      List<CheckLine> hints,
      List<CheckLine> skewed) {}

  ServiceCheck(RoutingOptions options, ClientPlaces clients) {
    this.options = options;
    this.clients = clients;
    this.skew = new EndpointSkew(options, clients.byZone());
  }

  /** Looks at one Service. */
  Checked of(ServiceState state) {
    ExplainedService service = ExplainedService.of(state, options);
    Set<DecisionReason> reasons = EnumSet.noneOf(DecisionReason.class);
    List<CheckLine> hints = new ArrayList<>();
    for (PortTranslation port : service.ports()) {
      Set<ClientView> views = new LinkedHashSet<>();
      clients.of(port).keySet().forEach(place -> views.add(port.reduce(place)));
      ClientView incomplete = null;
      for (ClientView view : views) {
        DecisionReason reason = port.routing(view).select(view).decision().reason();
        reasons.add(reason);
        incomplete = reason == DecisionReason.HINTS_INCOMPLETE ? view : incomplete;
      }
      if (incomplete != null) {
        hints.add(
            PartialHints.of(
                service.explain(port, new ExplainedClient(incomplete, ZoneSource.NODE_LABEL))));
      }
    }
    return new Checked(service.name(), reasons, hints, skew.of(state));
  }

  /** Returns the lines: Services by reason, the worst first, then what stands out. */
  static List<CheckLine> lines(List<Checked> services) {
    Map<DecisionReason, SortedSet<ObjectName>> byReason = new EnumMap<>(DecisionReason.class);
    services.forEach(checked ->
        checked
            .reasons()
            .forEach(reason ->
                byReason.computeIfAbsent(reason, r -> new TreeSet<>()).add(checked.service())));
    List<CheckLine> lines = new ArrayList<>();
    byReason.forEach((reason, names) -> lines.add(line(reason, names)));
    lines.sort((a, b) -> b.state().compareTo(a.state()));
    services.forEach(checked -> lines.addAll(checked.hints()));
    SortedSet<ObjectName> withoutHints = byReason.get(DecisionReason.TRAFFIC_DISTRIBUTION);
    if (withoutHints != null) {
      lines.add(absentHints(withoutHints));
    }
    services.forEach(checked -> lines.addAll(checked.skewed()));
    return lines;
  }

  private static CheckLine line(DecisionReason reason, SortedSet<ObjectName> services) {
    ReasonAdvice advice = ReasonAdvice.of(reason);
    return new CheckLine(
        Section.SERVICES,
        advice.state(),
        reason.name(),
        services.size()
            + (services.size() == 1 ? " Service: " : " Services: ")
            + reason.meaning()
            + examples(services, advice.state()),
        advice.mend());
  }

  /** Kubernetes sets hints for spec.trafficDistribution since 1.31 (KEP-4444, beta). */
  private static CheckLine absentHints(SortedSet<ObjectName> withoutHints) {
    return new CheckLine(
        Section.SERVICES,
        State.NOTE,
        "HINTS_ABSENT",
        withoutHints.size()
            + (withoutHints.size() == 1 ? " Service asks" : " Services ask")
            + " by spec.trafficDistribution for hints that no slice has; their places are used instead"
            + examples(withoutHints, State.NOTE),
        "Kubernetes 1.31 and newer sets them: kubectl describe endpointslice");
  }

  /** Who has to look at them needs their names. */
  private static String examples(SortedSet<ObjectName> services, State state) {
    if (state == State.OK) {
      return "";
    }
    List<String> names =
        services.stream().limit(TopologyCheck.NAMED).map(ObjectName::toString).toList();
    int more = services.size() - names.size();
    return " (" + String.join(", ", names) + (more > 0 ? ", and " + more + " more" : "") + ")";
  }
}

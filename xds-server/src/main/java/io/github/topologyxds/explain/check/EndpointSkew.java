package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.explanation.ZoneShares;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds zones whose endpoints would carry far more than others if all clients stayed in their own
 * zones: near routing burns a small zone.
 */
final class EndpointSkew {
  private static final double TIMES_THE_MEAN = 1.5;

  private final RoutingOptions options;
  private final Map<String, Integer> clientsByZone = new TreeMap<>();

  EndpointSkew(RoutingOptions options, Map<String, Integer> clientsByZone) {
    this.options = options;
    this.clientsByZone.putAll(clientsByZone);
    this.clientsByZone.remove("");
  }

  List<CheckLine> of(ServiceState state) {
    WhatIf strict = new WhatIf.Preferring(Preference.SAME_ZONE.label());
    ExplainedService service = ExplainedService.of(strict.apply(state), options);
    List<CheckLine> lines = new ArrayList<>();
    if (!state.service().topology().localOnly()) {
      for (PortTranslation port : service.ports()) {
        lines.addAll(of(service, port));
      }
    }
    return lines;
  }

  private List<CheckLine> of(ExplainedService service, PortTranslation port) {
    Map<String, Double> load = new TreeMap<>();
    Map<String, Integer> endpoints = new TreeMap<>();
    double all = 0;
    for (var clients : clientsByZone.entrySet()) {
      ZoneShares shares = service.shares(port, new ClientView("", clients.getKey(), null));
      // The same for the clients of all zones, in other tiers.
      shares.healthy().forEach((zone, count) -> endpoints.merge(zone, count, Math::max));
      for (var share : shares.byZone().entrySet()) {
        load.merge(share.getKey(), share.getValue() * clients.getValue(), Double::sum);
        all += share.getValue() * clients.getValue();
      }
    }
    double mean = all / Math.max(1, endpoints.values().stream().mapToInt(count -> count).sum());
    List<CheckLine> lines = new ArrayList<>();
    for (var zone : endpoints.entrySet()) {
      int count = zone.getValue();
      double times = mean == 0 ? 0 : load.getOrDefault(zone.getKey(), 0.0) / count / mean;
      if (times > TIMES_THE_MEAN) {
        lines.add(line(port.cluster().name(), new Loaded(zone.getKey(), count, times)));
      }
    }
    return lines;
  }

  private record Loaded(String zone, int endpoints, double times) {}

  private static CheckLine line(String cluster, Loaded loaded) {
    return new CheckLine(
        Section.SERVICES,
        State.WARNING,
        "SKEW",
        String.format(
            Locale.ROOT,
            "%s: %s %d %s would carry %.1f times the mean if all clients stayed in their zones",
            cluster,
            loaded.zone().isEmpty() ? "outside all zones" : "in " + Finding.quote(loaded.zone()),
            loaded.endpoints(),
            loaded.endpoints() == 1 ? "endpoint" : "endpoints",
            loaded.times()),
        "annotation "
            + AnnotationNames.BALANCE
            + ": fair on the Service; or more Pods there: topologySpreadConstraints with topologyKey"
            + " topology.kubernetes.io/zone");
  }
}

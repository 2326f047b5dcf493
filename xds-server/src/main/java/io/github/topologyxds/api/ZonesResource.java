package io.github.topologyxds.api;

import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.ZoneMatrix;
import io.github.topologyxds.explain.report.ActingShifts;
import io.github.topologyxds.explain.report.MeasuredZones;
import io.github.topologyxds.explain.report.ZoneMatrixJson;
import io.github.topologyxds.explain.report.ZoneMatrixText;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.load.MeasuredLoad;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code zones}: how much crosses zones, as expected and as measured, and from where clients are
 * connected.
 */
final class ZonesResource implements Resource {
  private final ClusterSnapshot cluster;
  private final Explainer explainer;
  private final Clients clients;
  private final MeasuredLoad loads;

  ZonesResource(ClusterSnapshot cluster, Explainer explainer, Clients clients, MeasuredLoad loads) {
    this.cluster = cluster;
    this.explainer = explainer;
    this.clients = clients;
    this.loads = loads;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    request.mayHave(
        WhatIfParameter.NAME, MinutesParameter.NAME, TextParameter.NAME, PortsParameter.NAME);
    int minutes = MinutesParameter.of(request);
    List<WhatIf> changes = WhatIfParameter.of(request);
    int ports = PortsParameter.of(request);
    // The text tells of all of them, in its own way.
    int needed = request.parameter(TextParameter.NAME).isPresent() ? Integer.MAX_VALUE : ports;
    ZoneMatrix matrix = explainer.zones(changes, needed);
    ActingShifts shifts = ActingShifts.of(cluster.shifts(), Instant.now());
    ObjectNode json =
        new ZoneMatrixJson(new JsonMapper()).write(matrix.withPorts(ports), changes, shifts);
    TreeMap<String, Integer> connected = new TreeMap<>();
    clients.all().forEach(client -> connected.merge(client.place().zone(), 1, Integer::sum));
    ObjectNode byZone = json.putObject("connected");
    connected.forEach(byZone::put);
    new MeasuredZones(loads.all(minutes), minutes).write(json.putObject("measured"));
    return TextParameter.add(
        request, json, detail -> new ZoneMatrixText(detail, shifts).write(matrix, changes));
  }
}

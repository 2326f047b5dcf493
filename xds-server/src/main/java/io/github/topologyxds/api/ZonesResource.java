package io.github.topologyxds.api;

import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.ZoneMatrix;
import io.github.topologyxds.explain.ZoneMatrixJson;
import io.github.topologyxds.explain.ZoneMatrixText;
import io.github.topologyxds.explanation.WhatIf;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code zones}: how much crosses zones, as expected, and from where clients are connected. */
final class ZonesResource implements Resource {
  private final Explainer explainer;
  private final Clients clients;

  ZonesResource(Explainer explainer, Clients clients) {
    this.explainer = explainer;
    this.clients = clients;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    request.mayHave(WhatIfParameter.NAME, TextParameter.NAME);
    List<WhatIf> changes = WhatIfParameter.of(request);
    ZoneMatrix matrix = explainer.zones(changes);
    ObjectNode json = new ZoneMatrixJson(new JsonMapper()).write(matrix, changes);
    TreeMap<String, Integer> connected = new TreeMap<>();
    clients.all().forEach(client -> connected.merge(client.place().zone(), 1, Integer::sum));
    ObjectNode byZone = json.putObject("connected");
    connected.forEach(byZone::put);
    return TextParameter.add(
        request, json, detail -> new ZoneMatrixText(detail).write(matrix, changes));
  }
}

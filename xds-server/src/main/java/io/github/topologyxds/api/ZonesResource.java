package io.github.topologyxds.api;

import io.github.topologyxds.explain.ServiceSummaries;
import io.github.topologyxds.explain.ServiceSummary;
import io.github.topologyxds.explain.ZoneMatrix;
import io.github.topologyxds.session.status.ConnectedClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code zones}: how much crosses zones, as expected. */
final class ZonesResource implements Resource {
  private static final Filter<ServiceSummary> FILTER =
      new Filter<ServiceSummary>()
          .by("namespace", summary -> summary.service().namespace())
          .by("service", summary -> summary.service().toString());

  private final ServiceSummaries summaries;
  private final Clients clients;

  ZonesResource(ServiceSummaries summaries, Clients clients) {
    this.summaries = summaries;
    this.clients = clients;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    List<ServiceSummary> services = FILTER.apply(request, summaries.all());
    ZoneMatrix matrix = ZoneMatrix.of(summaries.zones(), services);
    Map<String, Long> connected =
        clients.all().stream()
            .collect(
                Collectors.groupingBy(
                    (ConnectedClient client) -> client.place().zone(), Collectors.counting()));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var to = json.putArray("to");
    matrix.to().forEach(to::add);
    var rows = json.putArray("expected");
    matrix.rows().forEach(row -> rows.add(json(row, connected.getOrDefault(row.from(), 0L))));
    return json;
  }

  private static ObjectNode json(ZoneMatrix.Row row, long clients) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", row.from());
    json.put("clients", clients);
    json.put("ports", row.ports());
    json.put("stays", row.stays());
    json.put("leaves", row.leaves());
    json.put("nowhere", row.nowhere());
    ObjectNode to = json.putObject("to");
    row.to().forEach(to::put);
    return json;
  }
}

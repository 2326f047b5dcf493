package io.github.topologyxds.api;

import io.github.topologyxds.load.LoadCounts;
import io.github.topologyxds.load.LoadKey;
import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.load.MeasuredLoad;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code load}: what proxies have reported of each Service port, by zone of the clients, zone of
 * the endpoints, and priority.
 */
final class LoadResource implements Resource {
  private static final Filter<Map.Entry<String, LoadMatrix>> FILTER =
      new Filter<Map.Entry<String, LoadMatrix>>()
          .by("cluster", Map.Entry::getKey)
          .having("service", (port, service) -> isPortOf(service, port.getKey()))
          .other(MinutesParameter.NAME);

  private final MeasuredLoad loads;

  LoadResource(MeasuredLoad loads) {
    this.loads = loads;
  }

  private static boolean isPortOf(String service, String port) {
    String[] parts = service.split("/", -1);
    return parts.length == 2 && ResourceNames.isPortOf(new ObjectName(parts[0], parts[1]), port);
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    var ports = List.copyOf(loads.byPort(MinutesParameter.of(request)).entrySet());
    return Listing.of(FILTER.apply(request, ports), Map.Entry::getKey)
        .page(request, Listing.ItemWriter.trees(port -> json(port.getKey(), port.getValue())));
  }

  private static ObjectNode json(String cluster, LoadMatrix load) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("cluster", cluster);
    json.put("seconds", load.seconds());
    json.put("crossZone", load.crossZoneShare());
    if (!cluster.equals(LoadKey.OTHER)) {
      json.put("otherRequests", load.otherRequests());
    }
    var cells = json.putArray("cells");
    load.cells()
        .forEach((cell, counts) -> {
          ObjectNode one = cells.addObject();
          one.put("fromZone", cell.fromZone());
          one.put("toZone", cell.toZone());
          one.put("priority", cell.priority());
          put(one, load, counts);
        });
    return json;
  }

  private static void put(ObjectNode json, LoadMatrix load, LoadCounts counts) {
    json.put("requests", counts.requests());
    json.put("errors", counts.errors());
    json.put("inFlight", load.inFlight(counts));
  }
}

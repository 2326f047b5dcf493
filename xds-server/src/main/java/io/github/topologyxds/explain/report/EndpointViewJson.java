package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.EndpointView;
import io.github.topologyxds.model.finding.Finding;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the endpoints of a Service as JSON; the names are stable, docs/explain.md has them. */
public final class EndpointViewJson {
  private final ObjectMapper mapper;

  /** Takes the mapper that decides between JSON and YAML. */
  public EndpointViewJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Returns the document: one entry for each port. */
  public ObjectNode write(List<EndpointView> views) {
    ObjectNode root = mapper.createObjectNode();
    ArrayNode ports = root.putArray("ports");
    for (EndpointView view : views) {
      ObjectNode port = ports.addObject();
      port.put("cluster", view.cluster());
      ArrayNode endpoints = port.putArray("endpoints");
      view.endpoints().forEach(row -> endpoint(endpoints.addObject(), row));
      ArrayNode leftOut = port.putArray("leftOut");
      view.leftOut().forEach(omission -> ExplanationJson.omission(leftOut.addObject(), omission));
    }
    return root;
  }

  private static void endpoint(ObjectNode node, EndpointView.Row row) {
    ExplanationJson.known(node, row.any());
    ObjectNode from = node.putObject("from");
    row.byPlace()
        .forEach((place, endpoint) -> {
          ObjectNode there = from.putObject(Finding.quote(place));
          there.put("tier", endpoint.tier());
          there.put("health", endpoint.health().name());
          there.put("nearness", endpoint.nearness().name());
          there.put("share", endpoint.share());
          there.put("why", endpoint.why());
        });
  }
}

package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.ZoneMatrix;
import io.github.topologyxds.explain.ZoneMatrix.OfPort;
import io.github.topologyxds.explain.ZoneMatrix.Row;
import io.github.topologyxds.explain.ZoneMatrix.Rows;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.model.finding.Finding;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the expected matrix of zones as JSON; the names are stable, docs/explain.md has them. */
public final class ZoneMatrixJson {
  private final ObjectMapper mapper;

  /** Takes the mapper that decides between JSON and YAML. */
  public ZoneMatrixJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Returns the document.
   *
   * @param changes that have not happened, under which the matrix is so
   * @param shifts under which it is so, too
   */
  public ObjectNode write(ZoneMatrix matrix, List<WhatIf> changes, ActingShifts shifts) {
    ObjectNode root = mapper.createObjectNode();
    ArrayNode whatIf = root.putArray("whatIf");
    changes.forEach(change -> whatIf.add(Finding.quote(change.toString())));
    shifts.addTo(root.putArray("shifts"));
    rows(root.putObject("expected"), matrix.total());
    ArrayNode ports = root.putArray("ports");
    for (OfPort port : matrix.ports()) {
      ObjectNode node = ports.addObject();
      node.put("service", port.service().toString());
      node.put("cluster", port.cluster());
      rows(node, port.rows());
    }
    return root;
  }

  private static void rows(ObjectNode node, Rows rows) {
    node.put("crossZone", rows.crossZone());
    ArrayNode array = node.putArray("rows");
    rows.rows().forEach((zone, row) -> row(array.addObject(), zone, row));
  }

  private static void row(ObjectNode node, String zone, Row row) {
    node.put("zone", Finding.quote(zone));
    node.put("clients", row.clients());
    node.put("stays", row.to(zone));
    node.put("nowhere", row.nowhere());
    ObjectNode zones = node.putObject("zones");
    row.shares().forEach((to, share) -> zones.put(Finding.quote(to), share));
  }
}

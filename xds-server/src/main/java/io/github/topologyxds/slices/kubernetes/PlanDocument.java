package io.github.topologyxds.slices.kubernetes;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.slices.ClusterPlanner;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.state.findings.FindingJson;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a plan as one document: what to create, update and delete, and what is odd. */
public final class PlanDocument {
  private final ObjectMapper mapper;

  /** Takes the mapper that decides between JSON and YAML. */
  public PlanDocument(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Returns the whole document as text.
   *
   * @param reading what was odd about the input
   */
  public String write(ClusterPlanner.ClusterPlan plan, List<Finding> reading) {
    ObjectNode root = mapper.createObjectNode();
    ArrayNode create = root.putArray("create");
    ArrayNode update = root.putArray("update");
    ArrayNode delete = root.putArray("delete");
    for (ServicePlan service : plan.services().values()) {
      service
          .create()
          .forEach(
              slice -> create.add(mapper.<ObjectNode>valueToTree(SliceObjects.created(slice))));
      service
          .update()
          .forEach(
              change -> update.add(mapper.<ObjectNode>valueToTree(SliceObjects.updated(change))));
      service.delete().forEach(slice -> delete.add(slice.name().toString()));
    }
    TreeSet<Finding> findings = new TreeSet<>(reading);
    findings.addAll(plan.findings());
    FindingJson.addTo(root.putArray("findings"), findings);
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }
}

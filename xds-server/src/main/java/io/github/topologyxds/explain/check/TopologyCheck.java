package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.finding.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks that the Nodes tell zones and regions: without zones nothing is near. */
final class TopologyCheck {
  /** So many objects are named one by one. */
  static final int NAMED = 5;

  private TopologyCheck() {}

  static List<CheckLine> of(Collection<NodeModel> nodes) {
    if (nodes.isEmpty()) {
      return List.of(
          new CheckLine(
              Section.TOPOLOGY,
              State.WARNING,
              "NO_NODES",
              "there are no Nodes, so zones are known of EndpointSlices alone",
              "kubectl get nodes -o yaml > nodes.yaml, and -f nodes.yaml as well"));
    }
    List<CheckLine> lines = new ArrayList<>();
    zones(nodes, lines);
    missing(nodes.stream().filter(node -> node.zone().isEmpty()).toList(), Label.ZONE, lines);
    List<NodeModel> withoutRegion = nodes.stream().filter(node -> node.region().isEmpty()).toList();
    missing(withoutRegion, Label.REGION, lines);
    if (withoutRegion.isEmpty()) {
      lines.add(CheckLine.ok(Section.TOPOLOGY, "REGIONS", "every Node has a region"));
    }
    return lines;
  }

  private static void zones(Collection<NodeModel> nodes, List<CheckLine> lines) {
    SortedMap<String, Integer> count = new TreeMap<>();
    nodes.forEach(node -> count.merge(node.zone(), 1, Integer::sum));
    count.remove("");
    List<String> parts = new ArrayList<>();
    count.forEach((zone, number) ->
        parts.add(Finding.quote(zone) + " " + number + (number == 1 ? " Node" : " Nodes")));
    String fact = count.size() + (count.size() == 1 ? " zone: " : " zones: ");
    if (count.size() > 1) {
      lines.add(CheckLine.ok(Section.TOPOLOGY, "ZONES", fact + String.join(", ", parts)));
    } else {
      lines.add(
          new CheckLine(
              Section.TOPOLOGY,
              State.WARNING,
              "ZONES",
              (count.isEmpty() ? "no Node has a zone" : fact + String.join(", ", parts))
                  + "; there is nothing to route near",
              "kubectl label node NODE " + Label.ZONE.key() + "=ZONE"));
    }
  }

  private enum Label {
    ZONE("NODE_WITHOUT_ZONE", State.WARNING),
    REGION("NODE_WITHOUT_REGION", State.NOTE);

    private final String code;
    private final State state;

    Label(String code, State state) {
      this.code = code;
      this.state = state;
    }

    String word() {
      return switch (this) {
        case ZONE -> "zone";
        case REGION -> "region";
      };
    }

    String key() {
      return "topology.kubernetes.io/" + word();
    }
  }

  private static void missing(List<NodeModel> nodes, Label label, List<CheckLine> lines) {
    // A cluster without regions is usual: one line for all. A Node without a zone is a mistake.
    int named = label == Label.ZONE ? NAMED : 0;
    for (NodeModel node : nodes.subList(0, Math.min(named, nodes.size()))) {
      lines.add(
          new CheckLine(
              Section.TOPOLOGY,
              label.state,
              label.code,
              "Node " + Finding.quote(node.name()) + " has no " + label.word(),
              "kubectl label node " + Finding.quote(node.name()) + " " + label.key() + "=..."));
    }
    int more = nodes.size() - named;
    if (more > 0) {
      lines.add(
          new CheckLine(
              Section.TOPOLOGY,
              label.state,
              label.code,
              more + (named > 0 ? " more" : "") + " Nodes have no " + label.word(),
              "kubectl get nodes -L " + label.key()));
    }
  }
}

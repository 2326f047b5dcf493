package io.github.topologyxds.source.manifests;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.github.topologyxds.source.yaml.ManifestNode;
import io.github.topologyxds.source.yaml.ManifestNode.Entry;
import io.github.topologyxds.source.yaml.ManifestNode.Mapping;
import io.github.topologyxds.source.yaml.ManifestNode.Scalar;
import io.github.topologyxds.source.yaml.ManifestNode.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The little of {@code status} that is read. The rest of it is large, differs from version to
 * version and is written by the cluster, so that it is not checked as the user's own fields are;
 * what has another shape than expected counts as missing.
 */
final class ManifestStatus {
  private ManifestStatus() {}

  static NodeStatus ofNode(Mapping node) {
    NodeStatus status = new NodeStatus();
    Map<String, Quantity> allocatable = new HashMap<>();
    text(get(get(get(node, "status"), "allocatable"), "cpu"))
        .ifPresent(cpu -> allocatable.put("cpu", new Quantity(cpu)));
    status.setAllocatable(allocatable);
    List<NodeCondition> conditions =
        conditions(node).entrySet().stream()
            .map(entry -> {
              NodeCondition condition = new NodeCondition();
              condition.setType(entry.getKey());
              condition.setStatus(entry.getValue());
              return condition;
            })
            .toList();
    status.setConditions(conditions);
    return status;
  }

  static List<Condition> ofWorkload(Mapping workload) {
    return conditions(workload).entrySet().stream()
        .map(entry -> {
          Condition condition = new Condition();
          condition.setType(entry.getKey());
          condition.setStatus(entry.getValue());
          return condition;
        })
        .toList();
  }

  private static SortedMap<String, String> conditions(Mapping object) {
    SortedMap<String, String> conditions = new TreeMap<>();
    if (get(get(object, "status"), "conditions") instanceof Sequence sequence) {
      for (ManifestNode item : sequence.items()) {
        String type = text(get(item, "type")).orElse("");
        text(get(item, "status")).ifPresent(status -> conditions.putIfAbsent(type, status));
      }
    }
    return conditions;
  }

  private static Optional<String> text(@Nullable ManifestNode node) {
    return node instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private static @Nullable ManifestNode get(@Nullable ManifestNode node, String key) {
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        if (entry.key().equals(key)) {
          return entry.value();
        }
      }
    }
    return null;
  }
}

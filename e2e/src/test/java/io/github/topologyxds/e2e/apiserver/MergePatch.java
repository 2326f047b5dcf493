package io.github.topologyxds.e2e.apiserver;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7386. A strategic merge patch is treated as one too: lists are replaced, not merged. */
final class MergePatch {
  private MergePatch() {}

  static void apply(ObjectNode target, JsonNode patch) {
    for (var field : patch.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        target.remove(field.getKey());
      } else if (value.isObject()) {
        if (!target.path(field.getKey()).isObject()) {
          target.putObject(field.getKey());
        }
        apply((ObjectNode) target.path(field.getKey()), value);
      } else {
        target.set(field.getKey(), value);
      }
    }
  }
}

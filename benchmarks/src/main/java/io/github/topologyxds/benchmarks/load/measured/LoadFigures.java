package io.github.topologyxds.benchmarks.load.measured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one run of {@code load} has measured, read from what it printed: another commit may print
 * others.
 *
 * @param values the numbers by name, in the order in which they were printed
 */
public record LoadFigures(Map<String, Double> values) {
  private static final JsonMapper JSON = new JsonMapper();

  public LoadFigures {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Reads the output of {@code load -o json}; texts are left out. */
  public static LoadFigures parse(String json) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : JSON.readTree(json).properties()) {
      if (field.getValue().isNumber()) {
        values.put(field.getKey(), field.getValue().asDouble());
      }
    }
    return new LoadFigures(values);
  }
}

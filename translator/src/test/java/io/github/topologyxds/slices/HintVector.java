package io.github.topologyxds.slices;

import io.github.topologyxds.model.Hints;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.TargetRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One vector of {@code vectors/hints.yaml}, with its conventions' defaults applied on reading. */
record HintVector(String id, Map<String, Object> data) {

  static List<HintVector> read(String part) {
    try (InputStream in =
        Objects.requireNonNull(HintVector.class.getResourceAsStream("/vectors/hints.yaml"))) {
      Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      List<HintVector> vectors = new ArrayList<>();
      for (Object item : list(map(root).get(part))) {
        vectors.add(new HintVector(text(map(item).get("id")), map(item)));
      }
      return vectors;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nodes as {@code {zone, cpu, count, ready, labels}}; zone "" is a missing label. */
  static List<NodeCapacity> nodes(Object written) {
    List<NodeCapacity> nodes = new ArrayList<>();
    for (Object item : list(written)) {
      Map<String, Object> node = map(item);
      Map<String, Object> labels = map(node.get("labels"));
      boolean controlPlane =
          labels.containsKey("node-role.kubernetes.io/control-plane")
              || labels.containsKey("node-role.kubernetes.io/master");
      for (int i = 0; i < number(node.get("count"), 1); i++) {
        nodes.add(
            new NodeCapacity(
                "node-" + nodes.size(),
                text(node.get("zone")),
                !Boolean.FALSE.equals(node.get("ready")),
                controlPlane,
                number(node.get("cpu"), 0)));
      }
    }
    return nodes;
  }

  /** Endpoints as {@code {zone, count, ready, hint}}; ready null is a missing condition. */
  static List<PublishedEndpoint> endpoints(Map<String, Object> written) {
    List<PublishedEndpoint> endpoints = new ArrayList<>();
    Object ready = written.getOrDefault("ready", true);
    for (int i = 0; i < number(written.get("count"), 1); i++) {
      endpoints.add(
          endpoint(
              written,
              ready == null ? null : Boolean.valueOf(ready.toString()),
              written.containsKey("hint") ? List.of(written.get("hint")) : null));
    }
    return endpoints;
  }

  static PublishedEndpoint endpoint(
      Map<String, Object> written, @Nullable Boolean ready, @Nullable Object forZones) {
    return new PublishedEndpoint(
        List.of("10.0.0.1"),
        new Conditions(ready, null, null),
        new PublishedEndpoint.Place("", text(written.get("node")), text(written.get("zone"))),
        TargetRef.NONE,
        new Hints(names(forZones), names(written.get("fn"))));
  }

  static SortedSet<String> names(@Nullable Object written) {
    SortedSet<String> names = new TreeSet<>();
    list(written).forEach(name -> names.add(text(name)));
    return names;
  }

  static SortedMap<String, Integer> counts(@Nullable Object written) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    map(written).forEach((key, count) -> counts.put(key, number(count, 0)));
    return counts;
  }

  @SuppressWarnings("unchecked") // the vectors' file is our own
  static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // likewise
  static List<Object> list(@Nullable Object value) {
    return value == null ? List.of() : (List<Object>) value;
  }

  static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  static int number(@Nullable Object value, int otherwise) {
    return value == null ? otherwise : Integer.parseInt(value.toString());
  }

  @Override
  public String toString() {
    return id + " " + data.getOrDefault("title", "");
  }
}

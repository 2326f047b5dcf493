package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.explain.report.MeasuredZones;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One answer made of those of all replicas: equal input gives equal answers, so the first stands
 * for all of them, but for what each counts of its own clients.
 */
final class JoinedAnswer {
  /** Counts by name of each replica's own clients. */
  private static final String CONNECTED = "connected";

  /** What each replica's own clients have reported. */
  private static final String MEASURED = "measured";

  /** What may differ between replicas that agree. */
  private static final Set<String> OWN = Set.of(CONNECTED, MEASURED, "text");

  private final String path;
  private final List<String> others = new ArrayList<>();
  private String first = "";
  private @Nullable JsonNode answer;
  private @Nullable JsonNode shared;

  /** Begins without an answer. */
  JoinedAnswer(String path) {
    this.path = path;
  }

  /** Takes the answer of a replica. */
  void add(String replica, JsonNode json) {
    JsonNode comparable = comparable(json);
    if (answer == null) {
      first = replica;
      answer = json;
      shared = comparable;
      return;
    }
    if (!comparable.equals(shared)) {
      others.add(replica);
    }
    if (answer.path(MEASURED) instanceof ObjectNode measured) {
      add(measured, json.path(MEASURED));
    }
    if (answer.path(CONNECTED) instanceof ObjectNode sum) {
      json.path(CONNECTED)
          .properties()
          .forEach(e -> sum.put(e.getKey(), sum.path(e.getKey()).asInt(0) + e.getValue().asInt(0)));
    }
  }

  /** Adds what the clients of another replica have reported. */
  private static void add(ObjectNode measured, JsonNode more) {
    MeasuredZones.read(measured).plus(MeasuredZones.read(more)).write(measured);
  }

  private static JsonNode comparable(JsonNode json) {
    return json instanceof ObjectNode object ? object.deepCopy().remove(OWN) : json;
  }

  /** Returns the answer; empty: there is none. */
  Optional<JsonNode> answer() {
    return Optional.ofNullable(answer);
  }

  /** Returns a line for the user where replicas answer differently. */
  Optional<String> disagreement() {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "replica "
                + String.join(", ", others)
                + " answers "
                + path
                + " otherwise than "
                + first
                + ", whose answer this is; one of them may be behind: topology-xds check");
  }
}

package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.replicas.ReplicaState.State;
import io.github.topologyxds.explain.check.Check;
import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A check as all replicas answer it: what each says of itself and of its clients under its name,
 * what they say of the cluster once, and under a name only where one says otherwise.
 *
 * @param unknown how many lines are of another version and left out
 */
public record JoinedCheck(Check check, long unknown) {
  /**
   * Joins answers of {@code check}.
   *
   * @param answers by replica; "" is the name of the only server
   * @param replicas who was asked, and what came of it
   */
  public static JoinedCheck of(Map<String, JsonNode> answers, List<ReplicaState> replicas) {
    List<CheckLine> lines = new ArrayList<>(replicas(replicas));
    List<CheckLine> shared = new ArrayList<>();
    long unknown = 0;
    for (Map.Entry<String, JsonNode> answer : answers.entrySet()) {
      List<Optional<CheckLine>> read = new ArrayList<>();
      answer.getValue().path("checks").forEach(line -> read.add(CheckLine.read(line)));
      unknown += read.stream().filter(Optional::isEmpty).count();
      List<CheckLine> ofOne = read.stream().flatMap(Optional::stream).toList();
      for (CheckLine line : ofOne) {
        if (line.isOfReplica()) {
          lines.add(answer.getKey().isEmpty() ? line : line.of(answer.getKey()));
        } else if (!shared.contains(line)) {
          lines.add(shared.isEmpty() ? line : line.of(answer.getKey()));
        }
      }
      if (shared.isEmpty()) {
        shared.addAll(ofOne);
      }
    }
    int services =
        answers.values().stream().findFirst().map(a -> a.path("services").asInt(0)).orElse(0);
    return new JoinedCheck(new Check(lines, services), unknown);
  }

  private static List<CheckLine> replicas(List<ReplicaState> replicas) {
    List<CheckLine> lines = new ArrayList<>();
    List<String> answered =
        replicas.stream().filter(r -> r.state() == State.ANSWERED).map(ReplicaState::name).toList();
    if (!answered.isEmpty()) {
      lines.add(
          line(
              CheckLine.State.OK,
              answered.size()
                  + (answered.size() == 1 ? " replica answers: " : " replicas answer: ")
                  + String.join(", ", answered),
              ""));
    }
    for (ReplicaState replica : replicas) {
      if (replica.state() != State.ANSWERED) {
        lines.add(
            line(
                replica.state() == State.NOT_READY
                    ? CheckLine.State.WARNING
                    : CheckLine.State.ERROR,
                replica.name() + ": " + replica.detail(),
                "kubectl describe pod -n " + replica.name().replace("/", " ")));
      }
    }
    return lines;
  }

  private static CheckLine line(CheckLine.State state, String fact, String mend) {
    return new CheckLine(Section.INSTALLATION, state, "REPLICAS", fact, mend);
  }
}

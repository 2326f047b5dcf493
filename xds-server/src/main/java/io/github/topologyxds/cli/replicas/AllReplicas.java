package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.exit.Outcome;
import io.github.topologyxds.cli.replicas.ReplicaState.State;
import io.github.topologyxds.kubernetes.PodSearch.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All replicas of a Deployment, asked at once; their answers are joined. A client is at one of
 * them, and each knows the whole cluster. Who does not answer is said. Belongs to one thread.
 */
public final class AllReplicas implements LiveServer {
  private final KnownReplicas known;
  private final Consumer<String> warnings;

  /** Of the last answer. */
  private List<ReplicaState> states = List.of();

  private AllReplicas(KnownReplicas known, Consumer<String> warnings) {
    this.known = known;
    this.warnings = warnings;
  }

  /**
   * Asks those of these Pods that are ready.
   *
   * @param pods closed with it, and when this fails
   * @param found Pods as they are now, at least one
   * @param warnings takes lines for the user
   * @throws CommandFailure when none is ready
   */
  public static AllReplicas of(ReplicaPods pods, List<Found> found, Consumer<String> warnings)
      throws InterruptedException {
    KnownReplicas known = new KnownReplicas(pods);
    try {
      known.are(found);
      if (known.ready().isEmpty()) {
        throw new CommandFailure(
            "no replica is ready: "
                + known.others().stream()
                    .map(other -> other.name() + " " + other.detail())
                    .collect(Collectors.joining(", ")));
      }
      return new AllReplicas(known, warnings);
    } catch (CommandFailure | InterruptedException e) {
      known.close();
      throw e;
    }
  }

  @Override
  public JsonNode get(String path, Map<String, String> parameters) {
    JoinedAnswer joined = new JoinedAnswer(path);
    answers(path, parameters).forEach(joined::add);
    joined.disagreement().ifPresent(warnings);
    return joined.answer().orElseThrow(this::noAnswer);
  }

  @Override
  public SequencedMap<String, JsonNode> each(String path, Map<String, String> parameters) {
    SequencedMap<String, JsonNode> answers = answers(path, parameters);
    if (answers.isEmpty()) {
      throw noAnswer();
    }
    return answers;
  }

  private SequencedMap<String, JsonNode> answers(String path, Map<String, String> parameters) {
    List<Replica> replicas = known.ready();
    List<Outcome> outcomes = all(replicas, replica -> replica.ask(path, parameters));
    settle(replicas, outcomes);
    SequencedMap<String, JsonNode> answers = new LinkedHashMap<>();
    for (int i = 0; i < replicas.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Answered(JsonNode json)) {
        answers.put(replicas.get(i).name(), json);
      }
    }
    return answers;
  }

  /** Each item says in {@code replica} where it was read; the same one may be at several. */
  @Override
  public List<JsonNode> list(String path, Map<String, String> parameters) {
    List<Replica> replicas = known.ready();
    List<OneServer.Items> read = all(replicas, replica -> replica.items(path, parameters));
    settle(replicas, read.stream().map(OneServer.Items::end).toList());
    List<JsonNode> items = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      String name = replicas.get(i).name();
      List<JsonNode> ofOne = read.get(i).items();
      if (!ofOne.isEmpty() && !(read.get(i).end() instanceof Outcome.Answered)) {
        warnings.accept(
            "replica " + name + " ended half way: there are " + ofOne.size() + " of its items");
      }
      for (JsonNode item : ofOne) {
        items.add(item instanceof ObjectNode object ? object.put("replica", name) : item);
      }
    }
    if (items.isEmpty() && read.stream().noneMatch(r -> r.end() instanceof Outcome.Answered)) {
      throw noAnswer();
    }
    return items;
  }

  /** Keeps what came of each, and says who did not answer, unless that was said the last time. */
  private void settle(List<Replica> replicas, List<Outcome> outcomes) {
    List<ReplicaState> settled = new ArrayList<>(known.others());
    for (int i = 0; i < replicas.size(); i++) {
      String name = replicas.get(i).name();
      settled.add(
          switch (outcomes.get(i)) {
            case Outcome.Answered a -> new ReplicaState(name, State.ANSWERED, "");
            case Outcome.Refused(var status, var why) -> new ReplicaState(name, State.REFUSED, why);
            case Outcome.Failed(var why) -> new ReplicaState(name, State.FAILED, why);
          });
    }
    settled.stream()
        .filter(s -> s.state() == State.FAILED || s.state() == State.NOT_READY)
        .filter(s -> !states.contains(s))
        .forEach(s -> warnings.accept("replica " + s.name() + ": " + s.detail()));
    states = settled;
  }

  /** What was asked for may be at one that does not answer. */
  private CommandFailure noAnswer() {
    List<String> refusals =
        states.stream()
            .filter(s -> s.state() == State.REFUSED)
            .map(ReplicaState::detail)
            .distinct()
            .toList();
    long failed = states.stream().filter(s -> s.state() == State.FAILED).count();
    if (refusals.isEmpty()) {
      return new CommandFailure(
          "none of " + known.ready().size() + " ready replicas answers; the lines above say why");
    }
    return new CommandFailure(
        String.join("; ", refusals)
            + (failed == 0 ? "" : "; " + failed + " replicas do not answer and may know it"));
  }

  /** Goes on when some end, and with those that become ready later. */
  @Override
  public void watch(String path, Runnable task) {
    new ReplicaWatch(known, warnings, path, task).run();
  }

  private static <T> List<T> all(List<Replica> replicas, Function<Replica, T> question) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> answers = new ArrayList<>();
      List<Future<T>> asked =
          replicas.stream().map(r -> threads.submit(() -> question.apply(r))).toList();
      for (Future<T> answer : asked) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a replica could not be asked", e.getCause());
    }
  }

  @Override
  public List<ReplicaState> replicas() {
    return List.copyOf(states);
  }

  @Override
  public void close() {
    known.close();
  }
}

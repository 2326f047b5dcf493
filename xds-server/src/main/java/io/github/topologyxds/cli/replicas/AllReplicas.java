package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.exit.Outcome;
import io.github.topologyxds.cli.replicas.ReplicaState.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All replicas of a Deployment, asked at once; their answers are joined. A client is at one of
 * them, and each knows the whole cluster. Who does not answer is said. Belongs to one thread.
 */
public final class AllReplicas implements LiveServer {
  private final List<Replica> replicas;
  private final List<ReplicaState> unasked;
  private final Consumer<String> warnings;

  /** Of the last answer. */
  private List<ReplicaState> states = List.of();

  /**
   * Asks those that are ready.
   *
   * @param unasked those that are not
   * @param warnings takes lines for the user
   */
  public AllReplicas(
      List<Replica> replicas, List<ReplicaState> unasked, Consumer<String> warnings) {
    this.replicas = List.copyOf(replicas);
    this.unasked = List.copyOf(unasked);
    this.warnings = warnings;
  }

  @Override
  public JsonNode get(String path, Map<String, String> parameters) {
    JoinedAnswer joined = new JoinedAnswer(path);
    answers(path, parameters).forEach(joined::add);
    joined.disagreement().ifPresent(warnings);
    return joined.answer().orElseThrow(this::noAnswer);
  }

  @Override
  public SequencedMap<String, JsonNode> each(String path) {
    SequencedMap<String, JsonNode> answers = answers(path, Map.of());
    if (answers.isEmpty()) {
      throw noAnswer();
    }
    return answers;
  }

  private SequencedMap<String, JsonNode> answers(String path, Map<String, String> parameters) {
    List<Outcome> outcomes = all(replica -> replica.ask(path, parameters));
    settle(outcomes);
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
    List<OneServer.Items> read = all(replica -> replica.items(path, parameters));
    settle(read.stream().map(OneServer.Items::end).toList());
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

  /** Keeps what came of each, and says who did not answer. */
  private void settle(List<Outcome> outcomes) {
    List<ReplicaState> settled = new ArrayList<>(unasked);
    for (int i = 0; i < replicas.size(); i++) {
      String name = replicas.get(i).name();
      settled.add(
          switch (outcomes.get(i)) {
            case Outcome.Answered a -> new ReplicaState(name, State.ANSWERED, "");
            case Outcome.Refused(var status, var why) -> new ReplicaState(name, State.REFUSED, why);
            case Outcome.Failed(var why) -> new ReplicaState(name, State.FAILED, why);
          });
    }
    states = settled;
    states.stream()
        .filter(s -> s.state() == State.FAILED || s.state() == State.NOT_READY)
        .forEach(s -> warnings.accept("replica " + s.name() + ": " + s.detail()));
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
          "none of " + replicas.size() + " ready replicas answers; the lines above say why");
    }
    return new CommandFailure(
        String.join("; ", refusals)
            + (failed == 0 ? "" : "; " + failed + " replicas do not answer and may know it"));
  }

  /** Ends once all have ended; one that ends earlier is said. */
  @Override
  public void watch(String path, Runnable task) {
    ReentrantLock printing = new ReentrantLock();
    List<String> ends =
        all(replica -> {
          String end = "replica " + replica.name() + " is not watched any more: ";
          try {
            replica.watch(path, () -> alone(printing, task));
            return end;
          } catch (CommandFailure e) {
            alone(printing, () -> warnings.accept(end + "it, or the way to it, has ended"));
            return end;
          }
        });
    throw new CommandFailure("all of " + ends.size() + " replicas have ended; run it again");
  }

  private static void alone(ReentrantLock lock, Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> List<T> all(Function<Replica, T> question) {
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
    replicas.forEach(Replica::close);
  }
}

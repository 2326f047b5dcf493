package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.replicas.ReplicaState.State;
import io.github.topologyxds.kubernetes.PodSearch.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The replicas as they were found last: a way is open to each that is ready, and to no other.
 * Belongs to one thread at a time.
 */
final class KnownReplicas implements AutoCloseable {
  private final ReplicaPods pods;
  private final SortedMap<String, Replica> ready = new TreeMap<>();
  private List<ReplicaState> others = List.of();

  /** Begins without any. */
  KnownReplicas(ReplicaPods pods) {
    this.pods = pods;
  }

  /**
   * Looks for them again.
   *
   * @throws CommandFailure when they cannot be listed; then they are those from before
   */
  void look() throws InterruptedException {
    are(pods.find());
  }

  /** They are these. */
  void are(List<Found> found) throws InterruptedException {
    List<ReplicaState> notReady = new ArrayList<>();
    for (Found pod : found) {
      String name = pod.toString();
      switch (pod.condition()) {
        case READY -> {
          if (!ready.containsKey(name)) {
            ready.put(name, pods.open(pod));
          }
        }
        case NOT_READY -> notReady.add(new ReplicaState(name, State.NOT_READY, "is not ready"));
        case TERMINATING ->
            notReady.add(new ReplicaState(name, State.NOT_READY, "is being deleted"));
      }
    }
    others = notReady;
    Set<String> stay =
        found.stream()
            .filter(pod -> pod.condition() == Found.Condition.READY)
            .map(Found::toString)
            .collect(Collectors.toSet());
    ready().stream().filter(replica -> !stay.contains(replica.name())).forEach(this::forget);
  }

  /** Closes the way to a replica; another is opened when it is found again. */
  void forget(Replica replica) {
    if (ready.remove(replica.name(), replica)) {
      replica.close();
    }
  }

  /** Returns those that are ready, by name. */
  List<Replica> ready() {
    return List.copyOf(ready.values());
  }

  /** Returns those that are not ready, and why they are not asked. */
  List<ReplicaState> others() {
    return others;
  }

  @Override
  public void close() {
    ready().forEach(this::forget);
    pods.close();
  }
}

package io.github.topologyxds.pipeline;

import io.github.topologyxds.state.KeptState;
import io.github.topologyxds.state.KnownDemand;
import io.github.topologyxds.state.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What waits for the state thread: changes, and questions for the state. Any thread adds. */
final class Arrivals {
  private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();

  /** With the time when it came, as {@link System#nanoTime}. */
  private sealed interface Arrival {
    long nanos();
  }

  private record Change(StateChange change, long nanos) implements Arrival {}

  private record Demanded(KnownDemand demand, long nanos) implements Arrival {}

  private record Question(CompletableFuture<KeptState> answer, long nanos) implements Arrival {}

  /** The oldest that is worked on; null while none is. Written by the state thread. */
  private volatile @Nullable Arrival inWork;

  /** Adds a batch of a source. */
  void add(StateChange change, long nanos) {
    queue.add(new Change(change, nanos));
  }

  /** Adds what clients tell of the demand. */
  void add(KnownDemand demand, long nanos) {
    queue.add(new Demanded(demand, nanos));
  }

  /** Returns what is answered once all that was added before has been worked on. */
  CompletableFuture<KeptState> ask(long nanos) {
    CompletableFuture<KeptState> answer = new CompletableFuture<>();
    queue.add(new Question(answer, nanos));
    return answer;
  }

  /**
   * Waits until something has come, so long at most, and takes all that is there.
   *
   * @param due in nanoseconds; empty: for ever
   */
  Batch await(OptionalLong due) throws InterruptedException {
    List<Arrival> all = new ArrayList<>();
    Arrival first =
        due.isEmpty() ? queue.take() : queue.poll(due.getAsLong(), TimeUnit.NANOSECONDS);
    if (first != null) {
      inWork = first;
      all.add(first);
      queue.drainTo(all);
    }
    return new Batch(all);
  }

  /** What was taken last has been worked on. */
  void done() {
    inWork = null;
  }

  /** Returns when the oldest came that is not done; empty when there is none. Any thread. */
  OptionalLong oldest() {
    Arrival worked = inWork;
    Arrival oldest = worked == null ? queue.peek() : worked;
    return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.nanos());
  }

  /** What is worked on together. */
  static final class Batch {
    private final List<Arrival> all;

    private Batch(List<Arrival> all) {
      this.all = all;
    }

    /** Returns when the first of it came. */
    OptionalLong begun() {
      return all.stream().mapToLong(Arrival::nanos).findFirst();
    }

    List<StateChange> changes() {
      return all.stream()
          .filter(Change.class::isInstance)
          .map(arrival -> ((Change) arrival).change())
          .toList();
    }

    /** Returns what clients have told last; empty where they have told nothing. */
    Optional<KnownDemand> demand() {
      return all.stream()
          .filter(Demanded.class::isInstance)
          .map(arrival -> ((Demanded) arrival).demand())
          .reduce((earlier, later) -> later);
    }

    /** Answers those who have asked. */
    void answer(Supplier<KeptState> state) {
      for (Arrival arrival : all) {
        if (arrival instanceof Question question) {
          question.answer().complete(state.get());
        }
      }
    }
  }
}

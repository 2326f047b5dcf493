package io.github.topologyxds.source.snapshot;

import io.github.topologyxds.lifecycle.Periodic;
import io.github.topologyxds.model.finding.FilePlace;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.KeptState;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last complete state on disk, and serves it after a start while the source is away. It
 * stands between a source and what takes the source's changes: once the source has delivered its
 * own complete state, nothing is restored any more.
 */
public final class StateKeeper implements StateSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

  /** How often the files are written at most. */
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final long STATE_SECONDS = 5;

  private final SnapshotSettings settings;
  private final SnapshotFile file;
  private final Origin origin;
  private final Surroundings around;
  private final long begun;

  /** Owner: who starts and closes. */
  private @Nullable Periodic steps;

  /** Whether the source has delivered its complete state, and whether it has changed since. */
  private volatile boolean live;

  private volatile boolean changed;

  /** When what is served was confirmed, while it is a snapshot; else null. */
  private volatile @Nullable Snapshot served;

  // Owner: the thread "snapshot"; close() when that has ended.
  private SourceHealth health = SourceHealth.NO_WATCHES;
  private boolean decided;
  private boolean failing;
  private long written;
  private long confirmed;

  /**
   * What it stands between.
   *
   * @param next takes the changes
   * @param states asks for the state as it is served
   * @param nanos the time, as {@link System#nanoTime}
   * @param millis the time, as {@link System#currentTimeMillis}
   */
  public record Surroundings(
      StateSink next,
      Supplier<CompletableFuture<KeptState>> states,
      LongSupplier nanos,
      LongSupplier millis) {}

  private StateKeeper(
      SnapshotSettings settings, SnapshotFile file, Origin origin, Surroundings around) {
    this.settings = settings;
    this.file = file;
    this.origin = origin;
    this.around = around;
    this.begun = around.nanos().getAsLong();
    this.written = begun - PERIOD.toNanos();
  }

  /**
   * Opens the folder; does nothing yet.
   *
   * @throws IOException when the folder cannot be written
   */
  public static StateKeeper open(SnapshotSettings settings, Origin origin, Surroundings around)
      throws IOException {
    try {
      SnapshotFile file = new SnapshotFile(settings.folder(), origin.name());
      return new StateKeeper(settings, file, origin, around);
    } catch (IOException e) {
      throw new IOException(
          "cannot write into the folder of --snapshot " + settings.folder() + ": " + e, e);
    }
  }

  /** Begins to keep, and to look whether a snapshot is needed. */
  public void start(SourceHealth source) {
    follow(source);
    steps = Periodic.every(LOOK_EVERY, "snapshot", this::step);
  }

  void follow(SourceHealth source) {
    health = source;
  }

  @Override
  public void accept(StateChange change) {
    around.next().accept(change);
    if (change instanceof StateChange.Everything) {
      live = true;
      served = null;
    }
    changed = true;
  }

  /** Does what is due. */
  void step() throws InterruptedException {
    Snapshot former = served;
    if (former != null) {
      compare(former);
    } else if (!live) {
      decide();
    } else if (around.nanos().getAsLong() - written >= PERIOD.toNanos()) {
      save();
    }
  }

  private void decide() throws InterruptedException {
    if (!decided && health.refuses()) {
      // It answers, so that the Pods may move while only we may not ask.
      decided = true;
      passOver("the Kubernetes API answers and refuses us (see /readyz)");
    }
    if (decided || around.nanos().getAsLong() - begun < settings.after().toNanos()) {
      return;
    }
    decided = true;
    try {
      Optional<Snapshot> found = file.read();
      if (found.isEmpty()) {
        LOG.info("there is no snapshot in {} yet", settings.folder());
      } else {
        objection(found.get()).ifPresentOrElse(this::passOver, () -> restore(found.get()));
      }
    } catch (IOException e) {
      passOver(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> objection(Snapshot snapshot) throws InterruptedException {
    Instant now = Instant.ofEpochMilli(around.millis().getAsLong());
    Optional<String> age = settings.objection(snapshot.confirmedAt(), now);
    return age.isPresent() ? age : origin.objection(snapshot);
  }

  /** The API is back: is it the one of before? */
  private void compare(Snapshot former) throws InterruptedException {
    Optional<String> objection = origin.objection(former);
    if (objection.isEmpty() || live) {
      return;
    }
    around.next().accept(new StateChange.Withdrawn());
    served = null;
    passOver(objection.get());
  }

  private void restore(Snapshot snapshot) {
    Finding finding =
        Finding.of(
            Reason.STATE_RESTORED,
            FilePlace.of(settings.folder().resolve("state").toString()),
            "the state of %s is served, as there is no newer one yet"
                .formatted(snapshot.confirmedAt()));
    served = snapshot;
    around.next().accept(new StateChange.Restored(snapshot.state(), List.of(finding)));
    if (live) {
      served = null; // The source was quicker by a moment, and counts.
    }
  }

  private void passOver(String why) {
    LOG.warn("the snapshot in {} is not served: {}", settings.folder(), why);
  }

  private Duration age(Snapshot snapshot) {
    return Duration.ofMillis(around.millis().getAsLong() - snapshot.confirmed());
  }

  /** What was confirmed is taken before the state is: that is at least as new. */
  private void save() {
    written = around.nanos().getAsLong();
    long known = around.millis().getAsLong() - health.unconfirmed().toMillis();
    try {
      if (changed) {
        changed = false;
        String uid = origin.uid().read().orElse("");
        file.write(
            new Snapshot(known, uid, around.states().get().get(STATE_SECONDS, TimeUnit.SECONDS)));
        confirmed = known;
      } else if (known - confirmed >= PERIOD.toMillis()) {
        file.confirm(known);
        confirmed = known;
      }
      if (failing) {
        failing = false;
        LOG.info("the snapshot in {} is written again", settings.folder());
      }
    } catch (IOException | ExecutionException | TimeoutException e) {
      changed = true;
      if (!failing) {
        failing = true;
        LOG.warn("the snapshot in {} cannot be written: {}", settings.folder(), e.toString());
      }
    } catch (InterruptedException e) {
      changed = true;
      Thread.currentThread().interrupt();
    }
  }

  /** Returns for how long what is served is not confirmed, while that is a snapshot. */
  public Optional<Duration> servedAge() {
    return Optional.ofNullable(served).map(this::age);
  }

  /** Returns a line while a snapshot is served. */
  public List<String> lines() {
    Optional<Duration> age = servedAge();
    return age.map(
            a -> List.of("stale: the snapshot of %d s ago is served".formatted(a.toSeconds())))
        .orElse(List.of());
  }

  /** Writes once more what is not on disk yet, and ends. The source must have ended. */
  @Override
  public void close() {
    boolean ended = steps == null || steps.finish(Duration.ofSeconds(STATE_SECONDS));
    if (live && ended) {
      save();
    }
  }
}

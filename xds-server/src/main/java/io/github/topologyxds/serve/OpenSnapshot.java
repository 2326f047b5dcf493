package io.github.topologyxds.serve;

import io.github.topologyxds.admin.Metrics;
import io.github.topologyxds.admin.Readiness;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.source.snapshot.Origin;
import io.github.topologyxds.source.snapshot.SnapshotSettings;
import io.github.topologyxds.source.snapshot.StateKeeper;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateSink;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from a source to the pipeline, past the keeper of a snapshot if there is to be one.
 *
 * @param sink takes the source's changes
 */
record OpenSnapshot(Optional<StateKeeper> keeper, StateSink sink) {
  /**
   * Opens the folder.
   *
   * @param settings null: no snapshot is kept
   * @param origin what tells the source from others
   * @throws IOException when the folder cannot be written
   */
  static OpenSnapshot open(
      @Nullable SnapshotSettings settings, Origin origin, TranslationPipeline pipeline)
      throws IOException {
    if (settings == null) {
      return new OpenSnapshot(Optional.empty(), pipeline);
    }
    StateKeeper keeper =
        StateKeeper.open(
            settings,
            origin,
            new StateKeeper.Surroundings(
                pipeline, pipeline::kept, System::nanoTime, System::currentTimeMillis));
    return new OpenSnapshot(Optional.of(keeper), keeper);
  }

  /**
   * Begins to follow the source.
   *
   * @param parts takes what must be closed later, last first
   */
  SourceHealth follow(OpenSource source, Consumer<AutoCloseable> parts) throws SourceException {
    keeper.ifPresent(parts);
    SourceHealth health = source.follow(sink, parts);
    keeper.ifPresent(kept -> kept.start(health));
    return health;
  }

  /** Tells whether a snapshot is served. */
  void show(Readiness readiness, Metrics metrics) {
    keeper.ifPresent(kept -> {
      readiness.snapshot(kept::lines);
      metrics.server().addSnapshot(kept::servedAge);
    });
  }
}

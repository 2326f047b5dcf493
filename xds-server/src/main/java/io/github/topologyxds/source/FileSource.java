package io.github.topologyxds.source;

import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the manifests in a folder ({@code serve --files}) and hands over what changes: a change
 * on disk reaches the sink within 100 ms.
 */
public final class FileSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileSource.class);

  /** Two polls see a change (one notes it, one finds it at rest), at worst four. */
  static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final StateSink sink;

  /** Owned by the caller of {@code start} until that returns, then by the thread "file-source". */
  private final ManifestFolder folder;

  /** What the sink has; owned like {@code folder}. */
  private ObjectMerge published;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("file-source").factory());

  private FileSource(ManifestFolder folder, StateSink sink) {
    this.folder = folder;
    this.sink = sink;
    this.published = folder.state();
  }

  /**
   * Reads the folder, hands over its complete state in the caller's thread, and follows it from
   * then on in a thread of its own.
   *
   * @throws SourceException when the folder cannot be read; broken files are findings instead
   */
  public static FileSource start(Path folder, StateSink sink) throws SourceException {
    FileSource source = new FileSource(ManifestFolder.open(folder), sink);
    sink.accept(
        new StateChange.Everything(
            List.copyOf(source.published.objects().values()), source.published.findings()));
    long nanos = POLL_INTERVAL.toNanos();
    var unused =
        source.thread.scheduleWithFixedDelay(source::follow, nanos, nanos, TimeUnit.NANOSECONDS);
    return source;
  }

  /** Stops; nothing is handed over after it returns, unless the sink is busy with it for 5 s. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("the file source is still busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      if (folder.poll()) {
        publish(folder.state());
      }
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again, and the files would silently go stale.
      log.error("cannot take in a change of the files", e);
    }
  }

  private void publish(ObjectMerge next) {
    List<ObjectChange> changes = next.changesSince(published);
    if (!changes.isEmpty() || !next.findings().equals(published.findings())) {
      published = next;
      sink.accept(new StateChange.Difference(changes, next.findings()));
    }
  }
}

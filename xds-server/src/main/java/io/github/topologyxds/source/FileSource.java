package io.github.topologyxds.source;

import io.github.topologyxds.model.Reason;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the manifests in a folder ({@code serve --files}) and hands over what changes: a change
 * on disk reaches the sink within 100 ms.
 */
public final class FileSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileSource.class);

  /** How long a quiet folder is left alone. */
  private static final Duration QUIET = Duration.ofMillis(30);

  /** The same for a large folder, of which one look costs milliseconds. */
  private static final Duration QUIET_AT_MOST = Duration.ofMillis(50);

  /** How long something that has changed must then be at rest. */
  private static final Duration REST = Duration.ofMillis(15);

  private final StateSink sink;

  /** Owned by the caller of {@code start} until that returns, then by the thread "file-source". */
  private final ManifestFolder folder;

  /** What the sink has; owned like {@code folder}. */
  private ObjectMerge published;

  /** Whether the sink has had a complete state; owned like {@code folder}. */
  private boolean complete;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("file-source").unstarted(this::run);

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
    if (source.published.objects().isEmpty()) {
      log.warn(
          "{} File {}: no Service, EndpointSlice, Node or Namespace was found; clients are refused"
              + " until there is one",
          Reason.INPUT_EMPTY,
          folder);
      source.handOverFindings();
    } else {
      source.handOverEverything();
    }
    source.thread.start();
    return source;
  }

  /** Stops; nothing is handed over after it returns, unless the sink is busy with it for 5 s. */
  @Override
  public void close() {
    // Not interrupted: that would look like a file that cannot be read.
    closed.countDown();
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        log.warn("the file source is still busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      long pause = QUIET.toNanos();
      while (!closed.await(pause, TimeUnit.NANOSECONDS)) {
        long begun = System.nanoTime();
        follow();
        long tenth = 10 * (System.nanoTime() - begun);
        long quiet = Math.clamp(tenth, QUIET.toNanos(), QUIET_AT_MOST.toNanos());
        pause = folder.atRest() ? quiet : REST.toNanos();
      }
    } catch (InterruptedException e) {
      log.warn("the file source was interrupted and follows no more changes");
    }
  }

  private void follow() {
    try {
      if (folder.poll()) {
        publish(folder.state());
      }
    } catch (RuntimeException e) {
      // The files would silently go stale without this thread.
      log.error("cannot take in a change of the files", e);
    }
  }

  /**
   * A folder that holds nothing at the start is a mount that is not there yet, or files that are
   * all broken, and no state: it would take everything away from clients that come back.
   */
  private void handOverEverything() {
    complete = true;
    sink.accept(
        new StateChange.Everything(
            List.copyOf(published.objects().values()), published.findings()));
  }

  /** No object yet: what was found odd must be told all the same, as it may be the reason. */
  private void handOverFindings() {
    sink.accept(new StateChange.Difference(List.of(), published.findings()));
  }

  private void publish(ObjectMerge next) {
    if (!complete) {
      published = next;
      if (next.objects().isEmpty()) {
        handOverFindings();
      } else {
        handOverEverything();
      }
      return;
    }
    List<ObjectChange> changes = next.changesSince(published);
    if (!changes.isEmpty() || !next.findings().equals(published.findings())) {
      published = next;
      sink.accept(new StateChange.Difference(changes, next.findings()));
    }
  }
}

package io.github.topologyxds.source.files;

import io.github.topologyxds.lifecycle.OwnerThread;
import io.github.topologyxds.model.finding.FilePlace;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.source.files.FolderWatch.Notices;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import io.github.topologyxds.state.WatchHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the manifests in a folder ({@code serve --files}) and hands over what changes: a change
 * on disk reaches the sink within 100 ms.
 */
public final class FileSource implements SourceHealth, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileSource.class);

  /** As many lines as {@code /readyz} shows at most. */
  private static final int MAX_TROUBLES = 10;

  private final StateSink sink;

  private final Path folder;

  /** Owned by the caller of {@code start} until that returns, then by the thread "file-source". */
  private final ManifestFolder manifests;

  /** What the sink was told; owned like {@code manifests}. Any thread may read it. */
  private volatile List<Finding> findings = List.of();

  /** When the folder was seen last with manifests in it; owned likewise, any thread may read it. */
  private volatile long lastSeen = System.nanoTime();

  /** Whether the sink has had a complete state; owned like {@code manifests}. */
  private boolean complete;

  private final FolderWatch watch;
  private final LookSchedule schedule;
  private final OwnerThread thread = OwnerThread.platform("file-source", this::run);

  private FileSource(Path folder, StateSink sink, GoodTexts texts) throws SourceException {
    this.folder = folder;
    this.sink = sink;
    // Before the first look: what changes during that is told.
    this.watch = FolderWatch.of(folder);
    try {
      this.manifests = ManifestFolder.open(folder, System::nanoTime, texts);
    } catch (SourceException e) {
      watch.close();
      throw e;
    }
    this.schedule = new LookSchedule(System::nanoTime);
  }

  /**
   * Reads the folder, hands over its complete state in the caller's thread, and follows it from
   * then on in a thread of its own.
   *
   * @throws SourceException when the folder cannot be read; broken files are findings instead
   */
  public static FileSource start(Path folder, StateSink sink) throws SourceException {
    return start(folder, sink, GoodTexts.NONE);
  }

  /**
   * The same, and keeps the last good text of each file in another folder: a file that is found
   * broken counts with that.
   *
   * @param texts the other folder, which is made if it is not there
   * @param parts takes what must be closed later, last first
   */
  public static FileSource start(
      Path folder, StateSink sink, Path texts, Consumer<AutoCloseable> parts)
      throws SourceException {
    GoodTextFolder good;
    try {
      good = GoodTextFolder.open(texts);
    } catch (IOException e) {
      throw new SourceException("cannot keep texts in the folder " + texts + ": " + e);
    }
    parts.accept(good);
    FileSource source = start(folder, sink, good);
    parts.accept(source);
    return source;
  }

  private static FileSource start(Path folder, StateSink sink, GoodTexts texts)
      throws SourceException {
    FileSource source = new FileSource(folder, sink, texts);
    source.publish();
    source.thread.start();
    return source;
  }

  /** Stops; nothing is handed over after it returns, unless the sink is busy with it for 5 s. */
  @Override
  public void close() {
    // Not interrupted: that would look like a file that cannot be read.
    watch.close();
    if (!thread.ends(Duration.ofSeconds(5))) {
      log.warn("the file source is still busy");
    }
  }

  private void run() {
    try {
      while (!watch.isClosed()) {
        Notices notices = schedule.await(watch, manifests);
        if (!watch.isClosed()) {
          follow(notices);
        }
      }
    } catch (InterruptedException e) {
      log.warn("the file source was interrupted and follows no more changes");
    }
  }

  private void follow(Notices notices) {
    try {
      if (schedule.look(manifests, watch, notices)) {
        publish();
      }
      lastSeen = manifests.isFrozen() ? lastSeen : System.nanoTime();
    } catch (RuntimeException e) {
      // The files would silently go stale without this thread. Without the message: it may quote.
      log.error(
          "cannot take in a change of the files: {} {}",
          e.getClass().getSimpleName(),
          Arrays.toString(e.getStackTrace()));
    }
  }

  /** Hands over what has changed; what it costs grows with that. */
  private void publish() {
    List<ObjectChange> changes = manifests.takeChanges();
    List<Finding> before = findings;
    List<Finding> now = manifests.findings();
    if (complete) {
      findings = now;
      if (!changes.isEmpty() || !now.equals(before)) {
        sink.accept(new StateChange.Difference(changes, now));
      }
    } else if (manifests.isEmpty()) {
      findings = FolderFault.among(now, nothingYet());
      sink.accept(new StateChange.Difference(List.of(), findings));
    } else {
      complete = true;
      findings = now;
      FolderState all = manifests.state();
      sink.accept(new StateChange.Everything(List.copyOf(all.objects().values()), now));
    }
  }

  /**
   * A folder that holds nothing at the start is a mount that is not there yet, or files that are
   * all broken, and no state: it would take everything away from clients that come back.
   */
  private Finding nothingYet() {
    return Finding.of(
        Reason.INPUT_EMPTY,
        FilePlace.of(folder.toString()),
        "no Service, EndpointSlice, Node or Namespace was found in the folder; clients are refused"
            + " until there is one");
  }

  /** Returns for how long the folder has been away or empty. */
  @Override
  public Duration unconfirmed() {
    return Duration.ofNanos(System.nanoTime() - lastSeen);
  }

  /** Returns what has been done on disk so far. */
  FolderReader.Work work() {
    return manifests.work();
  }

  /** Returns no watches: a folder has none. */
  @Override
  public List<WatchHealth> watches() {
    return List.of();
  }

  /** Returns what is left out or kept from before, and files with nothing in them. */
  @Override
  public List<String> troubles() {
    List<Finding> grave = findings.stream().filter(FileSource::stopsSomething).toList();
    List<String> lines =
        grave.stream()
            .limit(MAX_TROUBLES)
            .map(finding -> finding.reason() + " " + finding.object() + ": " + finding.message())
            .toList();
    int more = grave.size() - lines.size();
    return more == 0
        ? lines
        : Stream.concat(lines.stream(), Stream.of("and " + more + " more: see the log")).toList();
  }

  @Override
  public int brokenFiles() {
    return (int)
        findings.stream()
            .filter(FileSource::stopsSomething)
            .map(FileSource::file)
            .flatMap(Optional::stream)
            .filter(file -> !file.equals(folder.toString()))
            .distinct()
            .count();
  }

  private static Optional<String> file(Finding finding) {
    return finding.object() instanceof FilePlace place
        ? Optional.of(place.file())
        : Optional.empty();
  }

  private static boolean stopsSomething(Finding finding) {
    return finding.severity() == Severity.ERROR || finding.reason() == Reason.INPUT_EMPTY;
  }
}

package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.source.files.FolderScan.Signature;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests of one folder, kept up to date by looks: at all of them ({@link #poll}), or at
 * those that somebody names ({@link #lookAt}). A look costs what it looks at, and taking in a file
 * that has changed costs what stands in that file.
 *
 * <p>What is new or changed counts as soon as it is at rest; what is gone counts after the {@link
 * GracePeriod}, and never while the folder itself is gone or has no manifest in it.
 *
 * <p>Owned by one thread at a time: whoever calls {@code open}, then the thread of {@link
 * FileSource}.
 */
public final class ManifestFolder {
  private static final Logger log = LoggerFactory.getLogger(ManifestFolder.class);

  /** A file that never comes to rest holds the others up for so many looks at most. */
  private static final int MAX_UNREST = 3;

  private final FolderReader reader;
  private final GracePeriod grace;
  private final ObjectsInForce inForce;
  private final FolderFiles files;

  private final SeenFiles seen = new SeenFiles();
  private int unrest;
  private @Nullable FolderFault fault;

  /** What was told of the fault, or of the one that it has followed. */
  private @Nullable Finding told;

  private ManifestFolder(Path folder, LongSupplier nanos, GoodTexts texts) {
    this.reader = new FolderReader(folder);
    this.grace = new GracePeriod(nanos);
    this.inForce = new ObjectsInForce(grace);
    this.files = new FolderFiles(reader, grace, inForce, texts);
  }

  /**
   * Reads the folder.
   *
   * @param nanos the time, as {@link System#nanoTime}
   * @throws SourceException when the folder cannot be read
   */
  public static ManifestFolder open(Path folder, LongSupplier nanos) throws SourceException {
    return open(folder, nanos, GoodTexts.NONE);
  }

  /**
   * Reads the folder; of a file that is broken counts what was good before.
   *
   * @param texts what was good before
   */
  static ManifestFolder open(Path folder, LongSupplier nanos, GoodTexts texts)
      throws SourceException {
    try {
      ManifestFolder opened = new ManifestFolder(folder, nanos, texts);
      FolderLook all = opened.seen.all(opened.reader.scan().files());
      opened.seen.note(all, Set.of(), opened.files::isTaken);
      opened.seen.settle();
      opened.takeIn(Rest.LONG);
      opened.files.takeChanged();
      if (!opened.seen.there().isEmpty()) {
        texts.retain(opened.seen.there().keySet());
      }
      return opened;
    } catch (IOException e) {
      throw new SourceException("cannot read the folder " + folder + ": " + ManifestFile.cause(e));
    }
  }

  /**
   * Looks at the whole folder and takes changes in. What has changed since the last look is left
   * alone until the next: a file that somebody is writing, a ConfigMap that is being swapped.
   *
   * @return whether {@link #state} may have changed
   */
  public boolean poll() {
    return poll(Rest.LONG);
  }

  /** The same, when the last look may have been a moment ago. */
  boolean poll(Rest rest) {
    long since = fault == null ? grace.now() : fault.since();
    FolderLook look;
    try {
      look = seen.all(reader.scan().files());
    } catch (IOException e) {
      return freeze(FolderFault.unreadable(reader.folder(), e, since));
    }
    if (leavesNothing(look)) {
      return freeze(FolderFault.empty(reader.folder(), since));
    }
    boolean thawed = thaw();
    boolean taken = take(look, Set.of(), rest);
    return taken || thawed;
  }

  /**
   * Looks at some files, at those that links lead to, and at those that have not come to rest.
   *
   * @param changed what somebody says has changed; it is not taken in by this look
   * @param rest how long the others have been left alone
   * @return whether {@link #state} may have changed
   */
  boolean lookAt(Set<Path> changed, Rest rest) {
    if (fault != null) {
      return poll(rest);
    }
    Map<Path, Signature> there = new HashMap<>();
    Set<Path> gone = new HashSet<>();
    for (Path file : seen.concerned(changed)) {
      reader.look(file).ifPresentOrElse(one -> there.put(file, one), () -> gone.add(file));
    }
    FolderLook look = new FolderLook(there, gone);
    changed.forEach(files::doubt);
    boolean emptied = !gone.isEmpty() && leavesNothing(look);
    return emptied ? poll(rest) : take(look, changed, rest);
  }

  /** Returns what is in force, and all that is odd about the files and the folder. */
  public FolderState state() {
    return new FolderState(inForce.objects(), findings());
  }

  /** Whether no object is in force. */
  boolean isEmpty() {
    return inForce.objects().isEmpty();
  }

  /** Returns all that is odd about the files and the folder; the same list until it differs. */
  List<Finding> findings() {
    Finding folder = told;
    return folder == null ? files.findings() : FolderFault.among(files.findings(), folder);
  }

  /** Returns what has come into force or has gone since the last call, sorted by key. */
  List<ObjectChange> takeChanges() {
    return inForce.takeChanges();
  }

  /** Returns what has been done on disk so far. */
  FolderReader.Work work() {
    return reader.work();
  }

  /** Whether something has changed since the look before the last one. */
  boolean isMoving() {
    return seen.isMoving();
  }

  /** Whether something has been seen that is still to be taken in. */
  boolean isPending() {
    return seen.isPending();
  }

  /** Whether the folder is away or empty, so that nothing of what is in force ends. */
  boolean isFrozen() {
    return fault != null;
  }

  /** Whether links lead to files, so that changes of those are seen by looks alone. */
  boolean hasLinks() {
    return seen.hasLinks();
  }

  private boolean take(FolderLook look, Set<Path> changed, Rest rest) {
    if (seen.note(look, changed, files::isTaken)) {
      grace.stir();
    }
    look.gone().forEach(files::miss);
    files.forget(seen.there().keySet());
    unrest = seen.isMoving() ? unrest + 1 : 0;
    if (unrest == 0 || unrest >= MAX_UNREST) {
      unrest = 0;
      takeIn(rest);
    }
    boolean expired = inForce.expire();
    boolean otherwise = files.takeChanged();
    return otherwise || expired;
  }

  private void takeIn(Rest rest) {
    seen.ready()
        .forEach(
            file -> seen.read(file.getKey(), files.take(file.getKey(), file.getValue(), rest)));
  }

  /** A file that has come without a visible character is the beginning of a copy. */
  private boolean leavesNothing(FolderLook look) {
    // Only where nothing that is known already stands in the way is anything read.
    return !isEmpty() && !anyThere(look, files::hasSaid) && !anyThere(look, files::says);
  }

  private boolean anyThere(FolderLook look, BiPredicate<Path, Signature> predicate) {
    return look.there().entrySet().stream().anyMatch(f -> predicate.test(f.getKey(), f.getValue()))
        || seen.there().entrySet().stream()
            .anyMatch(f -> !look.holds(f.getKey()) && predicate.test(f.getKey(), f.getValue()));
  }

  /** Nothing of what is in force ends while it lasts; it is told once it has lasted. */
  private boolean freeze(FolderFault seenNow) {
    fault = seenNow;
    if (seenNow.finding().equals(told) || !grace.lasts(seenNow.since())) {
      return false;
    }
    told = seenNow.finding();
    return true;
  }

  private boolean thaw() {
    if (fault == null) {
      return false;
    }
    fault = null;
    inForce.restart();
    files.restart();
    if (told != null) {
      told = null;
      log.info("Folder {} can be read again and has manifests in it", reader.folder());
    }
    return true;
  }
}

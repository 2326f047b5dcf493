package io.github.topologyxds.source.files;

import io.github.topologyxds.source.SourceException;
import io.github.topologyxds.source.files.FolderScan.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests of one folder, kept up to date by {@link #poll}. Polling (a listing and a stat per
 * file) instead of a WatchService: one mechanism that sees every kind of change the same way, also
 * the swap of a link further up the path and on file systems without inotify.
 *
 * <p>What is new or changed counts as soon as it is at rest; what is gone counts after the {@link
 * GracePeriod}, and never while the folder itself is gone or has no manifest in it.
 *
 * <p>Owned by one thread at a time: whoever calls {@code open}, then the thread of {@link
 * FileSource}.
 */
public final class ManifestFolder {
  private static final Logger log = LoggerFactory.getLogger(ManifestFolder.class);

  /** A file that never comes to rest holds the others up for so many polls at most. */
  private static final int LONGEST_UNREST = 3;

  /** Equals no scan of a folder. */
  private static final FolderScan NOTHING = new FolderScan(Map.of(Path.of(""), Signature.UNKNOWN));

  private final Path folder;
  private final GracePeriod grace;
  private final DepartedObjects departed;
  private final SortedMap<Path, LoadedFile> loaded = new TreeMap<>();

  /** Files that are loaded and not there, since when; their text is what they come back to. */
  private final SortedMap<Path, Long> absent = new TreeMap<>();

  private FolderScan previous;

  /** The scan of which everything is in force; nothing is to be done while scans equal it. */
  private FolderScan taken = NOTHING;

  private int unrest;
  private @Nullable FolderFault fault;
  private ObjectMerge inForce = ObjectMerge.EMPTY;

  private ManifestFolder(Path folder, FolderScan first, LongSupplier nanos) {
    this.folder = folder;
    this.previous = first;
    this.grace = new GracePeriod(nanos);
    this.departed = new DepartedObjects(grace);
  }

  /**
   * Reads the folder.
   *
   * @param nanos the time, as {@link System#nanoTime}
   * @throws SourceException when the folder cannot be read
   */
  public static ManifestFolder open(Path folder, LongSupplier nanos) throws SourceException {
    try {
      ManifestFolder opened = new ManifestFolder(folder, FolderScan.of(folder), nanos);
      opened.loadThoseAtRest(opened.previous, opened.previous);
      opened.settle();
      return opened;
    } catch (IOException e) {
      throw new SourceException("cannot read the folder " + folder + ": " + ManifestFile.cause(e));
    }
  }

  /**
   * Looks for changes and takes them in. What has changed since the last poll is left alone until
   * the next: a file that somebody is writing, a ConfigMap that is being swapped.
   *
   * @return whether {@link #state} may have changed
   */
  public boolean poll() {
    long since = fault == null ? grace.now() : fault.since();
    FolderScan scan;
    try {
      scan = FolderScan.of(folder);
    } catch (IOException e) {
      return freeze(FolderFault.unreadable(folder, e, since));
    }
    if (holdsNothing(scan) && !inForce.objects().isEmpty()) {
      return freeze(FolderFault.empty(folder, since));
    }
    boolean changed = thaw();
    if (!scan.files().keySet().equals(previous.files().keySet())) {
      grace.stir();
    }
    changed |= miss(scan);
    changed |= takeIn(scan);
    changed |= departed.isOneOver();
    if (changed) {
      settle();
    }
    return changed;
  }

  /** Returns what is in force, and all that is odd about the files and the folder. */
  public ObjectMerge state() {
    return inForce;
  }

  /** Whether nothing has been seen that is still to be taken in. */
  boolean atRest() {
    return previous.equals(taken);
  }

  private void settle() {
    List<ObjectMerge.Part> parts = new ArrayList<>(loaded.size() + 1);
    loaded.forEach((path, file) -> {
      if (!absent.containsKey(path)) {
        parts.add(file.part());
      }
    });
    inForce = departed.keep(inForce, ObjectMerge.of(parts));
  }

  /** A file that has come without a single character is the beginning of a copy. */
  private boolean holdsNothing(FolderScan scan) {
    return scan.files().entrySet().stream()
        .noneMatch(file -> file.getValue().size() != 0 || loaded.containsKey(file.getKey()));
  }

  /** Nothing of what is in force ends while it lasts; it is told once it has lasted. */
  private boolean freeze(FolderFault seen) {
    fault = seen;
    if (told(seen) || !grace.lasts(seen.since())) {
      return false;
    }
    inForce = inForce.withFinding(seen.finding());
    return true;
  }

  private boolean told(FolderFault known) {
    return inForce.findings().contains(known.finding());
  }

  private boolean thaw() {
    FolderFault was = fault;
    if (was == null) {
      return false;
    }
    fault = null;
    departed.restart();
    absent.replaceAll((file, since) -> grace.now());
    if (told(was)) {
      log.info("Folder {} can be read again and has manifests in it", folder);
    }
    return true;
  }

  /** Notes which files are not there, and forgets those that have been away for long. */
  private boolean miss(FolderScan scan) {
    boolean changed = false;
    for (Path file : loaded.keySet()) {
      changed |= !scan.files().containsKey(file) && absent.putIfAbsent(file, grace.now()) == null;
    }
    absent.forEach((file, since) -> {
      if (!scan.files().containsKey(file) && grace.isOver(since)) {
        loaded.remove(file);
      }
    });
    absent.keySet().retainAll(loaded.keySet());
    taken = changed ? NOTHING : taken;
    return changed;
  }

  private boolean takeIn(FolderScan scan) {
    FolderScan before = previous;
    previous = scan;
    boolean resting = scan.equals(taken) || scan.equals(before);
    unrest = resting ? 0 : unrest + 1;
    if (scan.equals(taken) || (!resting && unrest < LONGEST_UNREST)) {
      return false;
    }
    unrest = 0;
    return loadThoseAtRest(before, scan);
  }

  private boolean loadThoseAtRest(FolderScan before, FolderScan scan) {
    boolean changed = false;
    for (Map.Entry<Path, Signature> file : new TreeMap<>(scan.files()).entrySet()) {
      if (file.getValue().equals(before.files().get(file.getKey()))) {
        changed |= load(file.getKey(), file.getValue());
      }
    }
    taken = tookAllOf(scan) ? scan : NOTHING;
    return changed;
  }

  /** An unreadable file is tried again and again: a change of its permissions shows in no scan. */
  private boolean tookAllOf(FolderScan scan) {
    return scan.files().entrySet().stream()
        .allMatch(file -> {
          LoadedFile is = loaded.get(file.getKey());
          return is != null && is.readable() && is.signature().equals(file.getValue());
        });
  }

  private boolean load(Path file, Signature signature) {
    LoadedFile old = loaded.get(file);
    if (old != null && old.readable() && old.signature().equals(signature)) {
      return absent.remove(file) != null;
    }
    Reading reading = Reading.of(file);
    if (old != null && old.sameAs(reading)) {
      loaded.put(file, old.withSignature(signature));
      return absent.remove(file) != null;
    }
    boolean moved = !FolderScan.signature(file).equals(Optional.of(signature));
    if (old != null && moved) {
      return false; // It was written while it was read: a later poll sees it at rest.
    }
    LoadedFile next =
        old == null ? LoadedFile.first(signature, reading) : old.next(signature, reading);
    loaded.put(file, next);
    absent.remove(file);
    if (old != null && old.broken() && !next.broken()) {
      log.info("File {} is good again", file);
    }
    return true;
  }
}

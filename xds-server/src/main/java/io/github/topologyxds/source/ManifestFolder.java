package io.github.topologyxds.source;

import io.github.topologyxds.source.FolderScan.Signature;
import io.github.topologyxds.source.ManifestContent.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests of one folder, kept up to date by {@link #poll}. Polling (a listing and a stat per
 * file) instead of a WatchService: one mechanism that sees every kind of change the same way, also
 * the swap of a link further up the path and on file systems without inotify.
 *
 * <p>Owned by one thread at a time: whoever calls {@code open}, then the thread of {@link
 * FileSource}.
 */
final class ManifestFolder {
  private static final Logger log = LoggerFactory.getLogger(ManifestFolder.class);

  /** A file that never comes to rest holds the others up for so many polls at most. */
  private static final int LONGEST_UNREST = 3;

  /** Equals no scan of a folder. */
  private static final FolderScan NOTHING = new FolderScan(Map.of(Path.of(""), Signature.UNKNOWN));

  private final Path folder;
  private final SortedMap<Path, LoadedFile> loaded = new TreeMap<>();
  private FolderScan previous;

  /** The scan of which everything is in force; nothing is to be done while scans equal it. */
  private FolderScan taken = NOTHING;

  private int unrest;
  private String folderFault = "";

  private ManifestFolder(Path folder, FolderScan first) {
    this.folder = folder;
    this.previous = first;
  }

  static ManifestFolder open(Path folder) throws SourceException {
    try {
      ManifestFolder opened = new ManifestFolder(folder, FolderScan.of(folder));
      opened.loadThoseAtRest(opened.previous, opened.previous);
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
  boolean poll() {
    FolderScan scan;
    try {
      scan = FolderScan.of(folder);
    } catch (IOException e) {
      folderUnreadable(ManifestFile.cause(e));
      return false;
    }
    folderReadable();
    FolderScan before = previous;
    previous = scan;
    if (scan.equals(taken)) {
      unrest = 0;
      return false;
    }
    if (!scan.equals(before) && ++unrest < LONGEST_UNREST) {
      return false;
    }
    unrest = 0;
    boolean changed =
        loaded
            .keySet()
            .removeIf(file -> !scan.files().containsKey(file) && !before.files().containsKey(file));
    return loadThoseAtRest(before, scan) || changed;
  }

  /** Whether nothing has been seen that is still to be taken in. */
  boolean atRest() {
    return previous.equals(taken);
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
    boolean all = loaded.size() == scan.files().size();
    for (Map.Entry<Path, LoadedFile> file : loaded.entrySet()) {
      LoadedFile is = file.getValue();
      all &= is.readable() && is.signature().equals(scan.files().get(file.getKey()));
    }
    return all;
  }

  ObjectMerge state() {
    return ObjectMerge.of(
        loaded.values().stream()
            .map(file -> new ObjectMerge.Part(file.objects(), file.content().findings()))
            .toList());
  }

  private boolean load(Path file, Signature signature) {
    LoadedFile old = loaded.get(file);
    if (old != null && old.readable() && old.signature().equals(signature)) {
      return false;
    }
    Reading reading = Reading.of(file);
    if (old != null && old.sameAs(reading)) {
      loaded.put(file, old.withSignature(signature));
      return false;
    }
    boolean moved = !FolderScan.signature(file).equals(Optional.of(signature));
    if (old != null && moved) {
      return false; // It was written while it was read: a later poll sees it at rest.
    }
    LoadedFile next =
        old == null ? LoadedFile.first(signature, reading) : old.next(signature, reading);
    loaded.put(file, next);
    report(file, Optional.ofNullable(old), next);
    return true;
  }

  /**
   * Says what becomes of a file that is broken; what is wrong with it is a finding. Runs once per
   * content, as the same content is not loaded again.
   */
  private static void report(Path file, Optional<LoadedFile> old, LoadedFile next) {
    boolean broken = next.content().outcome() != Outcome.COMPLETE;
    if (broken && old.isPresent()) {
      log.warn(
          "{}; what was good before stays in force",
          next.complaint().orElse("File " + file + " cannot be read"));
    } else if (!broken
        && old.map(was -> was.content().outcome())
            .filter(was -> was != Outcome.COMPLETE)
            .isPresent()) {
      log.info("File {} is good again", file);
    }
  }

  private void folderUnreadable(String cause) {
    if (!cause.equals(folderFault)) {
      log.warn("cannot read the folder {}: {}; the last state stays in force", folder, cause);
      folderFault = cause;
    }
  }

  private void folderReadable() {
    if (!folderFault.isEmpty()) {
      log.info("the folder {} can be read again", folder);
      folderFault = "";
    }
  }
}

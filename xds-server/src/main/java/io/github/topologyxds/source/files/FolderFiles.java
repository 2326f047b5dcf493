package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.source.files.FolderScan.Signature;
import io.github.topologyxds.source.manifests.ObjectMerge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a folder as they count, and what they say together. Of a file that is gone the text
 * is kept for the {@link GracePeriod}: it is what the file comes back to. Owned by {@link
 * ManifestFolder}.
 */
final class FolderFiles {
  private static final Logger log = LoggerFactory.getLogger(ManifestFolder.class);

  /**
   * Times of files are those of the kernel's last tick, 10 ms apart at most: what has changed since
   * this long ago may change again and look the same.
   */
  private static final Duration TICK = Duration.ofMillis(12);

  /** What has become of a file that was to be read. */
  enum Taken {
    /** What stands in it counts. */
    COUNTS,
    /** It is being written. */
    LATER,
    /** It cannot be read; permissions may change unseen. */
    UNREADABLE
  }

  private final FolderReader reader;
  private final GracePeriod grace;
  private final ObjectsInForce inForce;
  private final GoodTexts texts;
  private final ObjectMerge merge = new ObjectMerge();
  private final Map<Path, LoadedFile> loaded = new HashMap<>();

  /** Files that are loaded and not there, since when. */
  private final SortedMap<Path, Long> absent = new TreeMap<>();

  private boolean changed;

  FolderFiles(FolderReader reader, GracePeriod grace, ObjectsInForce inForce, GoodTexts texts) {
    this.reader = reader;
    this.grace = grace;
    this.inForce = inForce;
    this.texts = texts;
  }

  /** Whether this file was read when it looked like this, and nothing can have happened since. */
  boolean isTaken(Path file, Signature signature) {
    LoadedFile known = loaded.get(file);
    return known != null
        && known.readable()
        && known.signature().equals(signature)
        && !absent.containsKey(file);
  }

  /** Whether this file said something when it was read last, also before it went away. */
  boolean hasSaid(Path file, Signature signature) {
    LoadedFile known = loaded.get(file);
    return known != null && !known.saysNothing();
  }

  /** Whether a file that has said nothing so far says something now; reads it if need be. */
  boolean says(Path file, Signature signature) {
    LoadedFile known = loaded.get(file);
    boolean same = known != null && known.signature().equals(signature);
    return !same && signature.size() != 0 && !reader.read(file).saysNothing();
  }

  /** The file has changed, whatever it looks like. */
  void doubt(Path file) {
    loaded.computeIfPresent(file, (path, known) -> known.withSignature(Signature.UNKNOWN));
  }

  /** The file is not there. */
  void miss(Path file) {
    if (loaded.containsKey(file) && absent.putIfAbsent(file, grace.now()) == null) {
      say(file, ObjectMerge.Part.NOTHING);
    }
  }

  /**
   * Forgets the files that have been away for long.
   *
   * @param there those that are not away now
   */
  void forget(Set<Path> there) {
    absent.forEach((file, since) -> {
      if (!there.contains(file) && grace.isOver(since)) {
        loaded.remove(file);
        texts.forget(file);
      }
    });
    absent.keySet().retainAll(loaded.keySet());
  }

  /** The time of those that are away begins anew: nothing could be seen of the folder meanwhile. */
  void restart() {
    absent.replaceAll((file, since) -> grace.now());
  }

  /**
   * Reads a file, unless it looks as it did when it was read last.
   *
   * @param signature how it looked before
   * @param rest how long it has looked so
   */
  Taken take(Path file, Signature signature, Rest rest) {
    LoadedFile old = loaded.get(file);
    if (old != null && old.readable() && old.signature().equals(signature)) {
      isThere(file, old);
      return Taken.COUNTS;
    }
    Reading reading = reader.read(file);
    if (old != null && old.sameAs(reading)) {
      LoadedFile same = old.withSignature(lasting(signature));
      loaded.put(file, same);
      isThere(file, same);
      return same.readable() ? Taken.COUNTS : Taken.UNREADABLE;
    }
    if (old != null && !reader.look(file).equals(Optional.of(signature))) {
      return Taken.LATER; // It was written while it was read.
    }
    Signature from = lasting(signature);
    LoadedFile next = old == null ? first(from, reading) : old.next(from, reading);
    String before = old == null ? "" : old.text();
    if (rest == Rest.BRIEF && (next.broken() || reading.mayGoOn(before))) {
      return Taken.LATER;
    }
    loaded.put(file, next);
    absent.remove(file);
    say(file, next.part());
    if (!next.broken() && !next.saysNothing()) {
      texts.keep(file, next.text());
    }
    if (old != null && old.broken() && !next.broken()) {
      log.info("File {} is good again", file);
    }
    return next.readable() ? Taken.COUNTS : Taken.UNREADABLE;
  }

  /** A file that was good before we started, and is broken now, is one that has become so. */
  private LoadedFile first(Signature from, Reading reading) {
    return texts
        .of(reading.file())
        .filter(text -> !text.equals(reading.text()))
        .map(text -> LoadedFile.first(from, Reading.ofText(reading.file(), text)))
        .map(good -> good.next(from, reading))
        .orElseGet(() -> LoadedFile.first(from, reading));
  }

  /** A time that may stand for two states of the file is not relied on: it is read once more. */
  private static Signature lasting(Signature signature) {
    long age = System.currentTimeMillis() - signature.modified().toMillis();
    return age >= 0 && age < TICK.toMillis() ? Signature.UNKNOWN : signature;
  }

  private void isThere(Path file, LoadedFile as) {
    if (absent.remove(file) != null) {
      say(file, as.part());
    }
  }

  private void say(Path file, ObjectMerge.Part part) {
    inForce.settle(merge, merge.put(file, part));
    changed = true;
  }

  /** Returns whether any file has said something else since the last call. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Returns what is odd about the files. */
  List<Finding> findings() {
    return merge.findings();
  }
}

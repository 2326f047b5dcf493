package io.github.topologyxds.source.files;

import io.github.topologyxds.source.files.FolderWatch.Notices;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a folder is looked at, and at how much of it. Where the kernel tells of changes, at what it
 * names, some milliseconds later; at the whole when it has lost count, and now and then as a net.
 * Where it does not, at the whole all the time. Times in nanoseconds; owned by the thread of {@link
 * FileSource}.
 */
final class LookSchedule {
  /** How long a folder that is not told of, or what links lead to, is left alone. */
  private static final long QUIET = Duration.ofMillis(30).toNanos();

  /** The same where one look costs milliseconds; and how soon another folder in its place shows. */
  private static final long MAX_QUIET = Duration.ofMillis(50).toNanos();

  /** How long something that has changed must then be at rest, as looks show it. */
  private static final long REST = Duration.ofMillis(15).toNanos();

  /** The same, as notifications show it, unless it then reads as if it were half written. */
  private static final long BRIEF_REST = Duration.ofMillis(2).toNanos();

  /** A file that is written without a pause holds back no other for longer. */
  private static final long MAX_REST = 3 * REST;

  /** The net: after so long, or so many times what such a look takes, whichever is more. */
  private static final long NET = Duration.ofSeconds(5).toNanos();

  private static final int NET_SHARE = 200;

  private final LongSupplier nanos;
  private long whole;
  private long wholeCost;

  /** When a change was seen last. */
  private long lastChange;

  /** Whether something is still to be taken in, and since when. */
  private boolean waiting;

  private long firstChange;

  /** Whether what has changed since was tried after a brief rest, and must rest for longer. */
  private boolean tried;

  /** Whether others than manifests keep waking the thread. */
  private boolean disturbed;

  /**
   * Begins after a look at the whole.
   *
   * @param nanos the time, as {@link System#nanoTime}
   */
  LookSchedule(LongSupplier nanos) {
    this.nanos = nanos;
    this.whole = nanos.getAsLong();
  }

  /**
   * Waits until the next look is due.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  Notices await(FolderWatch watch, ManifestFolder folder) throws InterruptedException {
    if (folder.isPending()) {
      return watch.pause(restOf(watch, folder));
    }
    if (!watch.isTold() || folder.isFrozen()) {
      return watch.pause(Math.clamp(10 * wholeCost, QUIET, MAX_QUIET));
    }
    long quiet = folder.hasLinks() ? QUIET : MAX_QUIET;
    return disturbed ? watch.pause(REST) : watch.await(quiet);
  }

  private long restOf(FolderWatch watch, ManifestFolder folder) {
    if (!watch.isTold() || folder.isFrozen()) {
      return REST;
    }
    long left = REST - (nanos.getAsLong() - lastChange);
    return tried ? Math.clamp(left, BRIEF_REST, REST) : BRIEF_REST;
  }

  /** Looks at what is due, and returns whether anything may have changed. */
  boolean look(ManifestFolder folder, FolderWatch watch, Notices notices) {
    long now = nanos.getAsLong();
    boolean told = watch.isTold() && !folder.isFrozen();
    boolean net = now - whole >= Math.max(NET, NET_SHARE * wholeCost) && !folder.isPending();
    boolean changed;
    if (!told || notices.lost() || net) {
      changed = folder.poll(told ? rest(now) : Rest.LONG);
      whole = now;
      wholeCost = nanos.getAsLong() - now;
    } else {
      changed = folder.lookAt(notices.files(), rest(now));
    }
    disturbed = notices.others() && notices.files().isEmpty();
    note(folder, now);
    return changed;
  }

  private Rest rest(long now) {
    boolean rested = tried && now - lastChange >= REST;
    boolean late = waiting && now - firstChange >= MAX_REST;
    return rested || late ? Rest.LONG : Rest.BRIEF;
  }

  private void note(ManifestFolder folder, long now) {
    if (folder.isMoving()) {
      lastChange = now;
      tried = false;
    } else {
      tried = folder.isPending();
    }
    firstChange = waiting ? firstChange : now;
    waiting = folder.isPending();
  }
}

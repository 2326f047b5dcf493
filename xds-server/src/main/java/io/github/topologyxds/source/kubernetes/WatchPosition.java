package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.state.ResourceVersion;

/**
 * How far a collection has been read: the {@code resourceVersion} that the next watch goes on from,
 * and how often watches from there have failed in ways that may be the position's own fault.
 *
 * <p>Owner: the reflector's thread.
 */
final class WatchPosition {
  private static final int MAX_UNREADABLE = 3;
  private static final int MAX_SILENT = 3;

  private ResourceVersion version = ResourceVersion.NONE;
  private int unreadable;
  private int silentWatches;

  /** Returns whether there is one; else the collection must be listed. */
  boolean isKnown() {
    return !version.equals(ResourceVersion.NONE);
  }

  /** Returns the version as the server wrote it; "" for none. */
  String text() {
    return version.text();
  }

  /**
   * The server has told a version by which it must not be older than what it told before.
   *
   * @param what what it sent, with its article
   * @throws ApiFailure (RESTORED) if it is
   */
  void believe(String what, ResourceVersion told) throws ApiFailure {
    if (told.isBefore(version)) {
      throw new ApiFailure(
          ApiFailure.Kind.RESTORED,
          "sends %s of version %s after %s".formatted(what, told.text(), version.text()));
    }
  }

  /** The whole collection was listed at this version, whatever was known before. */
  void listed(ResourceVersion all) {
    version = all;
    unreadable = 0;
    silentWatches = 0;
  }

  /** The watch has told something that was understood, and has come this far by it. */
  void reached(ResourceVersion next) {
    unreadable = 0;
    if (!next.text().isEmpty() && !next.isAtMost(version)) {
      version = next;
    }
  }

  /** The watch is alive. */
  void heard() {
    silentWatches = 0;
  }

  /** What came cannot be read; returns whether, after so many, the position is to be given up. */
  boolean countUnreadable() {
    unreadable++;
    return unreadable >= MAX_UNREADABLE;
  }

  /**
   * The watch was answered with silence; returns whether, after so many, the position is to be
   * given up: it may be one that the server does not have.
   */
  boolean countSilent() {
    silentWatches++;
    if (silentWatches < MAX_SILENT) {
      return false;
    }
    silentWatches = 0;
    return true;
  }

  /** Gives it up. */
  void lose() {
    version = ResourceVersion.NONE;
  }
}

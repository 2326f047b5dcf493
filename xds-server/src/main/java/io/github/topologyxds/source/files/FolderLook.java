package io.github.topologyxds.source.files;

import io.github.topologyxds.source.files.FolderScan.Signature;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * How files of a folder look now: all of them, or some.
 *
 * @param there those that are there
 * @param gone those that were looked for and are not there
 */
record FolderLook(Map<Path, Signature> there, Set<Path> gone) {
  /** Whether this file was looked for. */
  boolean holds(Path file) {
    return there.containsKey(file) || gone.contains(file);
  }
}

package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.FilePlace;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why nothing can be learnt from the folder: whatever was in force stays so.
 *
 * @param since when it was first seen, as {@link System#nanoTime}
 */
record FolderFault(Finding finding, long since) {
  /** Returns the findings, sorted, with one more in place of any other about the same object. */
  static List<Finding> among(List<Finding> findings, Finding fault) {
    return Stream.concat(
            findings.stream().filter(other -> !other.object().equals(fault.object())),
            Stream.of(fault))
        .sorted()
        .toList();
  }

  static FolderFault unreadable(Path folder, IOException cause, long since) {
    return new FolderFault(
        Finding.of(
            Reason.FILE_UNREADABLE,
            FilePlace.of(folder.toString()),
            "cannot read the folder: "
                + ManifestFile.cause(cause)
                + "; the last state stays in force until it can be read"),
        since);
  }

  /**
   * An emptied folder is a mount, a checkout or a copy in progress far oftener than it is meant.
   */
  static FolderFault empty(Path folder, long since) {
    return new FolderFault(
        Finding.of(
            Reason.INPUT_EMPTY,
            FilePlace.of(folder.toString()),
            "no *.yaml, *.yml or *.json is left in the folder; the last state stays in force until"
                + " one comes (to take everything away, leave one file of comments alone)"),
        since);
  }
}

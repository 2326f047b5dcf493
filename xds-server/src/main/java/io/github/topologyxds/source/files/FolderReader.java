package io.github.topologyxds.source.files;

import io.github.topologyxds.source.files.FolderScan.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder on disk: lists it, looks at its files and reads them, and counts what it has done. Owned
 * by {@link ManifestFolder}; any thread may read the counts.
 */
final class FolderReader {
  private final Path folder;
  private volatile Work work = new Work(0, 0, 0);

  /**
   * What has been done so far, in files; a folder's whole look counts each of them as looked at.
   *
   * @param listings of the whole folder
   * @param looks at the attributes of one file
   * @param reads of one file's bytes
   */
  record Work(long listings, long looks, long reads) {
    /** Returns what was done since then. */
    Work since(Work before) {
      return new Work(listings - before.listings, looks - before.looks, reads - before.reads);
    }
  }

  FolderReader(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Work work() {
    return work;
  }

  /**
   * Returns how all manifests of the folder look.
   *
   * @throws IOException when the folder cannot be listed
   */
  FolderScan scan() throws IOException {
    FolderScan scan = FolderScan.of(folder);
    count(new Work(1, scan.files().size(), 0));
    return scan;
  }

  /** Returns how a file looks now; empty when there is none. */
  Optional<Signature> look(Path file) {
    count(new Work(0, 1, 0));
    return FolderScan.signature(file);
  }

  Reading read(Path file) {
    count(new Work(0, 0, 1));
    return Reading.of(file);
  }

  private void count(Work more) {
    Work before = work;
    work =
        new Work(
            before.listings + more.listings, before.looks + more.looks, before.reads + more.reads);
  }
}

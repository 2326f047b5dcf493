package io.github.topologyxds.source.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the manifests of a folder look like from outside, by path. Two equal scans mean that nothing
 * was written between them. Links are followed, so that a ConfigMap's swap of {@code ..data} shows
 * as other inodes.
 */
record FolderScan(Map<Path, Signature> files) {
  /**
   * What tells one state of a file from another.
   *
   * @param fileKey device and inode; null where the file system has none
   */
  record Signature(long size, FileTime modified, @Nullable Object fileKey) {
    /** A link that leads nowhere, or a file whose attributes cannot be read. */
    static final Signature UNKNOWN = new Signature(-1, FileTime.fromMillis(0), null);
  }

  static FolderScan of(Path folder) throws IOException {
    Map<Path, Signature> files = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (ManifestFile.isManifest(entry)) {
          signature(entry).ifPresent(signature -> files.put(entry, signature));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new FolderScan(files);
  }

  /** Returns how the file looks now; empty for a folder, which is no manifest. */
  static Optional<Signature> signature(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isDirectory()
          ? Optional.empty()
          : Optional.of(
              new Signature(
                  attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
    } catch (IOException e) {
      return Optional.of(Signature.UNKNOWN);
    }
  }
}

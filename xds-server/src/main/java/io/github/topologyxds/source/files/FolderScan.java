package io.github.topologyxds.source.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the manifests of a folder look like from outside, by path. Links are followed. */
record FolderScan(Map<Path, Signature> files) {
  /**
   * What tells one state of a file from another.
   *
   * @param fileKey device and inode; null where the file system has none
   * @param linked whether a link leads to it, so that nobody is notified of what happens there
   */
  record Signature(long size, FileTime modified, @Nullable Object fileKey, boolean linked) {
    /** A file whose attributes cannot be read. Equals that of no file that can be read. */
    static final Signature UNKNOWN = new Signature(-1, FileTime.fromMillis(0), null, false);

    /** A link that leads nowhere. */
    private static final Signature DANGLING = new Signature(-1, FileTime.fromMillis(0), null, true);

    private static Signature ofFile(BasicFileAttributes of) {
      return new Signature(of.size(), of.lastModifiedTime(), of.fileKey(), false);
    }

    private static Signature ofLinked(BasicFileAttributes of) {
      return new Signature(of.size(), of.lastModifiedTime(), of.fileKey(), true);
    }
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

  /** Returns how the file looks now; empty for a folder, which is no manifest, and for no file. */
  static Optional<Signature> signature(Path file) {
    try {
      var own = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return own.isSymbolicLink()
          ? ofLink(file)
          : own.isDirectory() ? Optional.empty() : Optional.of(Signature.ofFile(own));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Signature.UNKNOWN);
    }
  }

  private static Optional<Signature> ofLink(Path link) {
    try {
      var target = Files.readAttributes(link, BasicFileAttributes.class);
      return target.isDirectory() ? Optional.empty() : Optional.of(Signature.ofLinked(target));
    } catch (IOException e) {
      return Optional.of(Signature.DANGLING);
    }
  }
}

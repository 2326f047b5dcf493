package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens files: which of a folder's count, their bytes, and why one cannot be read. */
final class ManifestFile {
  private static final Logger log = LoggerFactory.getLogger(ManifestFile.class);

  /** A file that takes long is named before it does. */
  private static final long LARGE = 8L << 20;

  private ManifestFile() {}

  /** True for {@code *.yaml|*.yml|*.json}; a ConfigMap's own {@code ..data} begins with a dot. */
  static boolean isManifest(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  /**
   * Returns the bytes of a file, or of a pipe that was named.
   *
   * @throws IOException when it cannot be read within the limit
   */
  static byte[] bytes(Path file, ReadLimit limit) throws IOException {
    long size = file.equals(Manifests.STANDARD_INPUT) ? 0 : Files.size(file);
    if (size > limit.bytes()) {
      throw new FileSystemException(file.toString(), null, limit.tooLarge());
    }
    if (size > LARGE) {
      log.info("File {}: {} MB are read", file, size >> 20);
    }
    return TimedRead.bytes(file, limit);
  }

  /**
   * Returns the bytes of a file of a folder. A pipe, a socket or a device in it is none; nor is
   * what has no size opened: /proc/kmsg is such a file, and reading it waits for the kernel.
   */
  static byte[] bytesInFolder(Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isOther()) {
      throw new FileSystemException(
          file.toString(), null, "it is a pipe, a socket or a device and no file");
    }
    return attributes.size() == 0 ? new byte[0] : bytes(file, ReadLimit.IN_A_FOLDER);
  }

  static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Returns why, without the path, in one line. */
  static String cause(IOException error) {
    return switch (error) {
      case NoSuchFileException gone -> "it does not exist";
      case AccessDeniedException denied -> "permission denied";
      case NotDirectoryException file -> "it is no folder";
      case CharacterCodingException coding -> "it is not UTF-8 text";
      case FileSystemException other when other.getReason() != null ->
          Finding.quote(other.getReason(), 200);
      default -> Finding.quote(String.valueOf(error.getMessage()));
    };
  }
}

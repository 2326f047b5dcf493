package io.github.topologyxds.source;

import io.github.topologyxds.model.Finding;
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
import java.util.Locale;

/** Opens files: which of a folder's count, their bytes, and why one cannot be read. */
final class ManifestFile {
  /**
   * More than the largest cluster that is served; a core dump called x.yaml must not end the
   * process.
   */
  private static final long LARGEST = 512L << 20;

  private ManifestFile() {}

  /** True for {@code *.yaml|*.yml|*.json}; a ConfigMap's own {@code ..data} begins with a dot. */
  static boolean isManifest(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new FileSystemException(
          file.toString(), null, "larger than " + (LARGEST >> 20) + " MB");
    }
    return Files.readAllBytes(file);
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
          Finding.quote(other.getReason());
      default -> Finding.quote(String.valueOf(error.getMessage()));
    };
  }
}

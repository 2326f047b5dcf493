package io.github.topologyxds.source;

import io.github.topologyxds.model.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One attempt to read a file.
 *
 * @param text what stands in it, "" when it cannot be read
 * @param fault why it cannot be read, "" when it can
 * @param digest tells one content from another; {@link #NO_DIGEST} without content
 */
record Reading(Path file, String text, String fault, String digest) {
  /** Such a file is tried again at every poll: a change of its permissions shows nowhere else. */
  static final String NO_DIGEST = "";

  static Reading of(Path file) {
    try {
      byte[] bytes = ManifestFile.bytes(file);
      String digest = digest(bytes);
      try {
        return new Reading(file, ManifestFile.text(bytes), "", digest);
      } catch (CharacterCodingException e) {
        return new Reading(file, "", ManifestFile.cause(e), digest);
      }
    } catch (IOException e) {
      return new Reading(file, "", ManifestFile.cause(e), NO_DIGEST);
    }
  }

  ManifestContent content() {
    return fault.isEmpty()
        ? ManifestReader.read(file.toString(), text)
        : ManifestReader.unusable(Reason.FILE_UNREADABLE, file.toString(), fault);
  }

  /**
   * Returns the content for a file that held objects a moment ago. Without a single character it is
   * about to be written (opening a file for writing empties it); comments alone are meant.
   */
  ManifestContent contentInPlaceOfObjects() {
    return fault.isEmpty() && text.isBlank()
        ? ManifestReader.unusable(Reason.INPUT_EMPTY, file.toString(), "the file is empty")
        : content();
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

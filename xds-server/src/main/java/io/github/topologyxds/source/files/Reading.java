package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.FilePlace;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.manifests.ManifestContent;
import io.github.topologyxds.source.manifests.ManifestReader;
import io.github.topologyxds.source.manifests.ObjectTarget;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One attempt to read a file.
 *
 * @param text what stands in it, "" when it cannot be read or has no visible character
 * @param fault why it cannot be read, "" when it can
 * @param digest tells one content from another; {@link #NO_DIGEST} without content
 */
record Reading(Path file, String text, String fault, String digest) {
  /** Such a file is tried again at every poll: a change of its permissions shows nowhere else. */
  static final String NO_DIGEST = "";

  /** Such a file is not: every attempt would hold the others up again. */
  private static final String NO_ANSWER = "?";

  /** The smallest buffer that is in use, in characters. */
  private static final int ONE_WRITE = 4095;

  @FunctionalInterface
  private interface Source {
    byte[] bytes() throws IOException;
  }

  /** Reads a file of a folder. */
  static Reading of(Path file) {
    return of(file, () -> ManifestFile.bytesInFolder(file));
  }

  /** Returns a file with this text, which is not read again. */
  static Reading ofText(Path file, String text) {
    return new Reading(file, text, "", digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads what somebody has named: it may be a pipe. */
  static Reading ofNamed(Path file) {
    return of(file, () -> ManifestFile.bytes(file, ReadLimit.BY_NAME));
  }

  private static Reading of(Path file, Source source) {
    try {
      byte[] bytes = source.bytes();
      String digest = digest(bytes);
      try {
        String text = ManifestFile.text(bytes);
        return new Reading(file, isInvisible(text) ? "" : text, "", digest);
      } catch (CharacterCodingException e) {
        return new Reading(file, "", ManifestFile.cause(e), digest);
      }
    } catch (TimedRead.NoAnswer e) {
      return new Reading(file, "", ManifestFile.cause(e), NO_ANSWER);
    } catch (IOException e) {
      return new Reading(file, "", ManifestFile.cause(e), NO_DIGEST);
    }
  }

  /**
   * Whether there is no character in a text that anybody can see: blanks of any script, ends of
   * lines, and marks such as U+FEFF, with which some editors begin every file.
   */
  private static boolean isInvisible(String text) {
    return text.codePoints()
        .allMatch(c ->
            Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT);
  }

  /** Whether it could be read, and has no visible character. */
  boolean saysNothing() {
    return fault.isEmpty() && text.isEmpty();
  }

  /** Whether there was a text to be read at all. */
  boolean read() {
    return !digest.equals(NO_DIGEST) && !digest.equals(NO_ANSWER);
  }

  ManifestContent content() {
    return fault.isEmpty()
        ? ManifestReader.read(file.toString(), text)
        : ManifestReader.unusable(Reason.FILE_UNREADABLE, FilePlace.of(file.toString()), fault);
  }

  /** Returns the content for somebody else, who keeps the objects. */
  ManifestContent content(ObjectTarget target) {
    return fault.isEmpty()
        ? ManifestReader.read(file.toString(), text, target)
        : ManifestReader.unusable(Reason.FILE_UNREADABLE, FilePlace.of(file.toString()), fault);
  }

  /**
   * Returns the content for a file that said something else before. A text that is being written is
   * often good YAML already, with fewer objects in it: it is taken for half written when it has not
   * a visible character (opening a file for writing empties it; comments alone are meant), or when
   * it is the text of before that ends in the middle of a line.
   */
  ManifestContent contentInPlaceOf(String before) {
    if (!fault.isEmpty() || before.isEmpty()) {
      return content();
    }
    if (text.isEmpty()) {
      return ManifestReader.unusable(
          Reason.INPUT_EMPTY, FilePlace.of(file.toString()), "the file is empty");
    }
    boolean cut =
        before.startsWith(text)
            && text.length() < before.length()
            && text.charAt(text.length() - 1) != '\n'
            && before.charAt(text.length()) != '\n';
    return cut
        ? ManifestReader.unusable(
            Reason.YAML_INVALID,
            new FilePlace(file.toString(), (int) text.lines().count()),
            "the text ends in the middle of a line, as if it were half written")
        : content();
  }

  /**
   * Whether the text may be the beginning of one that somebody is still writing: it shows nothing,
   * or it is more than what writers hand over at once (their buffers are of 4 KiB and more) and
   * ends with another line than the text before it did.
   */
  boolean mayGoOn(String before) {
    return text.isEmpty()
        || (text.length() > ONE_WRITE && !lastLine(text).equals(lastLine(before)));
  }

  /** Returns the last line with what ends it. */
  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

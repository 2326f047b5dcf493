package io.github.topologyxds.model.finding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a file, for what could not be read as an object.
 *
 * @param file its path, as the user has written it
 * @param line counted from 1; 0 for the whole file, or a folder
 */
public record FilePlace(String file, int line) implements ObjectReference {
  static final String KIND = "File";
  private static final Pattern LINE = Pattern.compile("(.+):([0-9]{1,9})", Pattern.DOTALL);

  /** Returns the reference to a whole file, or a folder. */
  public static FilePlace of(String path) {
    return new FilePlace(path, 0);
  }

  /** Returns the place that {@link #path} tells so. */
  static FilePlace parse(String path) {
    Matcher line = LINE.matcher(path);
    return line.matches()
        ? new FilePlace(line.group(1), Integer.parseInt(line.group(2)))
        : of(path);
  }

  /** Returns {@code File path:line}, or {@code File path}. */
  @Override
  public String toString() {
    return KIND + " " + path();
  }

  /** Returns {@code path:line}, or {@code path}. */
  public String path() {
    return line == 0 ? file : file + ":" + line;
  }
}

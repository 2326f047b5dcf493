package io.github.topologyxds.model;

/**
 * A place in a file, for what could not be read as an object.
 *
 * @param file its path, as the user has written it
 * @param line counted from 1; 0 for the whole file, or a folder
 */
public record FilePlace(String file, int line) implements ObjectReference {
  /** Returns the reference to a whole file, or a folder. */
  public static FilePlace of(String path) {
    return new FilePlace(path, 0);
  }

  /** Returns {@code File path:line}, or {@code File path}. */
  @Override
  public String toString() {
    return "File " + path();
  }

  /** Returns {@code path:line}, or {@code path}. */
  public String path() {
    return line == 0 ? file : file + ":" + line;
  }
}

package io.github.topologyxds.model.finding;

/**
 * What a {@link Finding} is about. Its {@code toString} is the one text of it, which logs, Events,
 * JSON and the command line print: {@code Kind namespace/name} or {@code File path:line}.
 */
public sealed interface ObjectReference permits ObjectKey, FilePlace {
  /**
   * Returns the reference whose {@code toString} this text is.
   *
   * @throws IllegalArgumentException for a kind that nobody here knows
   */
  static ObjectReference parse(String text) {
    int space = text.indexOf(' ');
    String kind = text.substring(0, Math.max(0, space));
    String rest = text.substring(space + 1);
    return kind.equals(FilePlace.KIND) ? FilePlace.parse(rest) : ObjectKey.parse(kind, rest);
  }
}

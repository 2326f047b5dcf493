package io.github.topologyxds.source.yaml;

import java.util.List;

/**
 * The text of a manifest as a tree that still knows its lines (1-based), for messages that lead to
 * the spot. Leaner than the parser's own nodes: 20 MB of YAML are a few million of these.
 */
public sealed interface ManifestNode {
  /** Returns the line where it begins, counted from 1. */
  int line();

  /**
   * A text, number, boolean or null.
   *
   * @param plain whether it was written without quotes, and so may be a number, a boolean or null
   */
  record Scalar(int line, String text, boolean plain) implements ManifestNode {
    /** Returns whether the text is one of YAML's for null. */
    public boolean isNull() {
      return plain
          && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }
  }

  /** A list. */
  record Sequence(int line, List<ManifestNode> items) implements ManifestNode {}

  /**
   * Keys and values.
   *
   * @param entries as written: a key may stand twice, which whoever reads it reports
   */
  record Mapping(int line, List<Entry> entries) implements ManifestNode {}

  /**
   * A field of a mapping.
   *
   * @param line of the key
   */
  record Entry(int line, String key, ManifestNode value) {}

  /** Returns whether a value is a null, in one of the ways in which YAML writes it. */
  public static boolean isNull(ManifestNode node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }
}

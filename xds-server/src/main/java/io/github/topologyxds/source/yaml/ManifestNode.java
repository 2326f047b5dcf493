package io.github.topologyxds.source.yaml;

import java.util.List;

/**
 * The text of a manifest as a tree that still knows its lines (1-based), for messages that lead to
 * the spot. Leaner than the parser's own nodes: 20 MB of YAML are a few million of these.
 */
public sealed interface ManifestNode {
  int line();

  /**
   * A text, number, boolean or null.
   *
   * @param plain whether it was written without quotes, and so may be a number, a boolean or null
   */
  record Scalar(int line, String text, boolean plain) implements ManifestNode {
    public boolean isNull() {
      return plain
          && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }
  }

  record Sequence(int line, List<ManifestNode> items) implements ManifestNode {}

  /**
   * Keys and values.
   *
   * @param entries as written: a key may stand twice, which whoever reads it reports
   */
  record Mapping(int line, List<Entry> entries) implements ManifestNode {}

  record Entry(int line, String key, ManifestNode value) {}

  public static boolean isNull(ManifestNode node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }
}

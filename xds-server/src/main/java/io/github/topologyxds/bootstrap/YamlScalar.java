package io.github.topologyxds.bootstrap;

/** Texts as double-quoted YAML scalars on one line, out of which no value can break. */
public final class YamlScalar {
  private YamlScalar() {}

  /**
   * Quotes a text. Whatever is not printable ASCII is escaped, so that no line break of YAML's
   * (there are five) and no byte order mark stands in the file as it is; half a surrogate pair
   * becomes U+FFFD, since a proto string has to be valid UTF-8.
   */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(codePoint -> append(quoted, codePoint));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder out, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      out.append('\\').append((char) codePoint);
    } else if (codePoint >= ' ' && codePoint <= '~') {
      out.append((char) codePoint);
    } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      out.append("\\uFFFD");
    } else if (codePoint > 0xFFFF) {
      out.append(String.format("\\U%08X", codePoint));
    } else {
      out.append(String.format("\\u%04X", codePoint));
    }
  }
}

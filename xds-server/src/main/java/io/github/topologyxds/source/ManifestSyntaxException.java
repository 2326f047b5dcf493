package io.github.topologyxds.source;

/** The text cannot be read as YAML or JSON; the message is one line. Never leaves this package. */
final class ManifestSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  ManifestSyntaxException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Returns the line, 1-based; 0 when it is not known. */
  int line() {
    return line;
  }
}

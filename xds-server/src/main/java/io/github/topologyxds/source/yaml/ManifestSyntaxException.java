package io.github.topologyxds.source.yaml;

/** The text cannot be read as YAML or JSON; the message is one line. Never leaves this package. */
public final class ManifestSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  ManifestSyntaxException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Returns the line, 1-based; 0 when it is not known. */
  public int line() {
    return line;
  }
}

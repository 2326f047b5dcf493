package io.github.topologyxds.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A file that TLS cannot be had with. The message is one line and names the file. */
final class TlsFileException extends IOException {
  private static final long serialVersionUID = 1;

  TlsFileException(Path file, String what) {
    super("File " + file + ": " + what);
  }
}

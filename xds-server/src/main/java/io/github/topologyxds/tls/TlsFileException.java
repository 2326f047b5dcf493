package io.github.topologyxds.tls;

import io.github.topologyxds.model.finding.FilePlace;
import java.io.IOException;
import java.nio.file.Path;

/** A file that TLS cannot be had with. The message is one line and names the file. */
final class TlsFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient FilePlace file;
  private final String what;

  TlsFileException(Path file, String what) {
    super(FilePlace.of(file.toString()) + ": " + what);
    this.file = FilePlace.of(file.toString());
    this.what = what;
  }

  FilePlace file() {
    return file;
  }

  /** What is wrong with the file, without its name. */
  String what() {
    return what;
  }
}

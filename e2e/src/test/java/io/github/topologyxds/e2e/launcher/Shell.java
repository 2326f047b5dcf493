package io.github.topologyxds.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs a program to its end; what it prints is the result. */
final class Shell {
  private Shell() {}

  /**
   * Returns all that it has printed, without the last line's end.
   *
   * @param more variables of its environment
   */
  static String run(Path folder, Map<String, String> more, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(more);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.stripTrailing();
  }
}

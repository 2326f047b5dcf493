package io.github.topologyxds.e2e.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every script of {@code .ci} passes; {@code run} is what calls this, so it cannot be called here.
 */
@Tag("ci-scripts")
class CiScriptsTest {
  private static final Path FOLDER = Path.of("..", ".ci");

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.endsWith("run")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void passes(Path script) throws Exception {
    Process process = new ProcessBuilder(script.toString()).inheritIO().start();

    assertThat(process.waitFor()).as("%s: what it says is in the log", script).isZero();
  }
}

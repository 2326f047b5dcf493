package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What {@code translate} prints, word for word. Each folder of {@code golden} holds {@code
 * input.yaml}, {@code arguments} and a file for each part of the output ({@link GoldenOutput});
 * CONTRIBUTING.md has the command that writes the outputs anew.
 */
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldPrintThis(Path folder) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("translate"));
    arguments.add("-f");
    arguments.add(folder.resolve("input.yaml").toString());
    arguments.addAll(List.of(Files.readString(folder.resolve("arguments")).strip().split("\\s+")));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    assertThat(root.execute(arguments.toArray(String[]::new))).as(err.toString()).isZero();

    GoldenOutput printed = GoldenOutput.cut(out.toString());
    assertThat(printed.joined()).isEqualTo(out.toString());
    if (Boolean.getBoolean("golden.rewrite")) {
      printed.write(folder);
    }
    assertThat(List.copyOf(printed.parts().keySet())).isEqualTo(GoldenOutput.NAMES);
    GoldenOutput expected = GoldenOutput.read(folder);
    assertThat(printed.parts())
        .allSatisfy(
            (name, part) -> assertThat(part).as(name).isEqualTo(expected.parts().get(name)));
  }
}

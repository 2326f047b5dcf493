package io.github.topologyxds.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.topologyxds.cli.RootCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole renderings, to be read when they change: each folder of {@code chart/golden} holds {@code
 * values.yaml}, and the {@code manifests.yaml} and {@code notes.txt} that Helm makes of it. {@code
 * -Dgolden.rewrite=true} writes both anew.
 */
class GoldenChartTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "chart", "golden");

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRenderedAsItStands(Path folder) throws Exception {
    String values = Files.readString(folder.resolve("values.yaml"));
    String manifests = RenderedChart.of(values).text();
    String notes = RenderedChart.notes(values);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(folder.resolve("manifests.yaml"), manifests);
      Files.writeString(folder.resolve("notes.txt"), notes);
    }

    assertThat(manifests).isEqualTo(Files.readString(folder.resolve("manifests.yaml")));
    assertThat(notes).isEqualTo(Files.readString(folder.resolve("notes.txt")));
    assertThat(notes).contains("kubectl -n infra rollout status deployment/topology-xds");
    for (String command : List.of("inject", "bootstrap")) {
      String[] arguments = arguments(command, notes);
      assertThatCode(() -> RootCommand.commandLine().parseArgs(arguments))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  /** A command that the notes name, up to a pipe, with a user's values. */
  private static String[] arguments(String command, String notes) {
    Matcher named =
        Pattern.compile("bin/topology-xds (" + command + " (?:.*\\\\\n)+[^|\\n]*)").matcher(notes);
    assertThat(named.find()).as(command).isTrue();
    return named
        .group(1)
        .replace("\\\n", " ")
        .replace("NODE", "node-a")
        .replace("NAMESPACE", "shop")
        .replace("CIDRS", "10.96.0.0/12")
        .replace("SECRET", "front-tls")
        .split("\\s+");
  }
}

package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users look a reason up: each has its row in docs/routing.md, and no row is out of date. */
class ReasonsAreDocumentedTest {
  private static final Path PAGE = Path.of("../docs/routing.md");

  @ParameterizedTest
  @EnumSource
  void shouldHaveARowWithItsMeaning(Reason reason) throws IOException {
    assertThat(Files.readAllLines(PAGE))
        .anyMatch(line ->
            line.startsWith("| `" + reason.name() + "` |") && line.contains(reason.meaning()));
  }

  @Test
  void shouldNameNoReasonThatDoesNotExist() throws IOException {
    List<String> names = List.of(Reason.values()).stream().map(Reason::name).toList();
    Matcher rows =
        Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE).matcher(Files.readString(PAGE));
    assertThat(rows.results().map(row -> row.group(1))).isNotEmpty().isSubsetOf(names);
  }
}

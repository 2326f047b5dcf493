package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.decision.DecisionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users look a reason up: each has its row in docs/routing.md, and no row is out of date. */
class ReasonsAreDocumentedTest {
  private static final Path PAGE = Path.of("../docs/routing.md");

  @ParameterizedTest
  @EnumSource
  void aFindingsReasonHasARowWithItsMeaningAndSeverity(Reason reason) throws IOException {
    assertThat(rows("## Reasons of findings"))
        .contains(
            "| `%s` | %s | %s |".formatted(reason.name(), reason.severity(), reason.meaning()));
  }

  @ParameterizedTest
  @EnumSource
  void aDecisionsReasonHasARowWithItsMeaning(DecisionReason reason) throws IOException {
    assertThat(rows("## Reasons of decisions"))
        .contains("| `%s` | %s |".formatted(reason.name(), reason.meaning()));
  }

  @Test
  void noRowNamesAReasonThatDoesNotExist() throws IOException {
    assertThat(names("## Reasons of findings"))
        .containsExactlyInAnyOrderElementsOf(Stream.of(Reason.values()).map(Enum::name).toList());
    assertThat(names("## Reasons of decisions"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(DecisionReason.values()).map(Enum::name).toList());
  }

  private static List<String> names(String heading) throws IOException {
    return Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE)
        .matcher(rows(heading))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  /** Returns the text from a heading to the next one of its level. */
  private static String rows(String heading) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf(heading + "\n");
    int end = page.indexOf("\n## ", start);
    assertThat(start).as(heading).isNotNegative();
    return page.substring(start, end < 0 ? page.length() : end);
  }
}

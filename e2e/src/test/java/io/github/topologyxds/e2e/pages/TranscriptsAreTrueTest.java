package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.replicas.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page shows as a command's output is what the command prints. */
class TranscriptsAreTrueTest {
  /** A command over the examples alone, and the block right behind it. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(?m)^```sh\\nbin/topology-xds ([^\\n]* -f docs/examples/[^\\n]*)\\n```\\n\\n```\\n((?s:.*?))^```$");

  /**
   * A command and what a page says that it prints.
   *
   * @param command behind {@code bin/topology-xds}
   */
  record Transcript(Path page, String command, String printed) {
    @Override
    public String toString() {
      return page + ": " + command;
    }
  }

  static List<Transcript> transcripts() throws IOException {
    List<Transcript> transcripts = new ArrayList<>();
    for (Path page : Block.pages()) {
      SHOWN
          .matcher(Files.readString(Block.CHECKOUT.resolve(page)))
          .results()
          .forEach(found ->
              transcripts.add(
                  new Transcript(page, found.group(1), found.group(2).stripTrailing())));
    }
    return transcripts;
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void printsWhatThePageShows(Transcript shown) {
    String command = shown.command().replace("docs/examples/", "../docs/examples/");
    assertThat(CommandRun.of(command)).isEqualTo(new CommandRun(0, shown.printed(), ""));
  }

  /** The pattern finds what it is for. */
  @ParameterizedTest
  @MethodSource("pagesWithOne")
  void readsThePages(Path page) throws IOException {
    assertThat(transcripts()).anyMatch(shown -> shown.page().equals(page));
  }

  static List<Path> pagesWithOne() {
    return List.of(Path.of("README.md"), Path.of("docs/explain.md"), Path.of("docs/check.md"));
  }
}

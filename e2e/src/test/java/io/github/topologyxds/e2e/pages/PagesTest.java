package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of a page is run as it stands there, one after the other, in a copy of the checkout.
 */
class PagesTest {
  private static final Pattern PRINTS = Pattern.compile("# prints ([\\w-]+)");

  @TempDir private Path folder = Path.of("");

  static List<Path> pages() throws IOException {
    return pagesWith("");
  }

  static List<Path> pagesOfMaven() throws IOException {
    return pagesWith("ci-scripts");
  }

  private static List<Path> pagesWith(String needs) throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path page : Block.pages()) {
      if (!script(page, needs).isEmpty()) {
        pages.add(page);
      }
    }
    return pages;
  }

  private static String script(Path page, String needs) throws IOException {
    return Block.of(page).stream()
        .filter(block -> block.needs().equals(needs))
        .map(Block::text)
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void runs(Path page) throws Exception {
    // The pages use the ports that a user would: other checkouts of this machine wait for them.
    try (FileChannel channel =
            FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), "topology-xds-pages.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      run(page, "", 180);
    }
  }

  /** Maven in a copy of the checkout: takes a minute. */
  @Tag("ci-scripts")
  @ParameterizedTest
  @MethodSource("pagesOfMaven")
  void runsWithMaven(Path page) throws Exception {
    run(page, "ci-scripts", 600);
  }

  private void run(Path page, String needs, int seconds) throws Exception {
    String script = script(page, needs);
    List<String> promised =
        PRINTS.matcher(script).results().map((MatchResult found) -> found.group(1)).toList();

    String output = new CheckoutCopy(folder).run(script, folder.resolve("log"), seconds);

    assertThat(output.lines().filter(promised::contains)).as(output).isEqualTo(promised);
  }
}

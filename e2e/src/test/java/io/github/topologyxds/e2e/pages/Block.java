package io.github.topologyxds.e2e.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block marked {@code sh} in a page.
 *
 * @param page relative to the checkout
 * @param heading that it stands under
 * @param line of its first command, from 1
 * @param mark what the comment before it says
 * @param text lines, each with its end
 */
record Block(Path page, String heading, int line, Mark mark, String text) {
  static final Path CHECKOUT = Path.of("..");

  private static final Pattern MARK =
      Pattern.compile("<!-- needs: ([a-z-]+)(?:; not run: (.+))? -->");
  private static final Pattern HEADING = Pattern.compile("#+ (.+)");
  private static final String BEGIN = "```sh";
  private static final String FENCE = "```";

  /**
   * What not every machine has.
   *
   * @param needs the tag of the tests that have what it needs; "" for nothing
   * @param notRun why no test runs it; "" where one does
   */
  record Mark(String needs, String notRun) {
    private static Mark of(String line) {
      Matcher mark = MARK.matcher(line.strip());
      return mark.matches()
          ? new Mark(mark.group(1), mark.group(2) == null ? "" : mark.group(2))
          : new Mark("", "");
    }
  }

  /** Returns the pages that users read, relative to the checkout and sorted. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    try (Stream<Path> docs = Files.walk(CHECKOUT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md"))
          .map(CHECKOUT::relativize)
          .forEach(pages::add);
    }
    return pages.stream().sorted().toList();
  }

  /** Returns the blocks of a page, in its order. */
  static List<Block> of(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(CHECKOUT.resolve(page));
    String heading = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher found = HEADING.matcher(lines.get(i));
      if (found.matches()) {
        heading = found.group(1);
      } else if (lines.get(i).strip().startsWith(FENCE)) {
        boolean isShell = lines.get(i).strip().equals(BEGIN);
        Mark mark = Mark.of(i == 0 ? "" : lines.get(i - 1));
        int first = i + 1;
        StringBuilder text = new StringBuilder();
        while (!lines.get(++i).strip().equals(FENCE)) {
          text.append(lines.get(i)).append('\n');
        }
        if (isShell) {
          blocks.add(new Block(page, heading, first + 1, mark, text.toString()));
        }
      }
    }
    return blocks;
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}

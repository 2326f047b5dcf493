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
 * @param line of its first command, from 1
 * @param needs the tag of the tests that have what it needs; "" for nothing
 * @param text lines, each with its end
 */
record Block(Path page, int line, String needs, String text) {
  static final Path CHECKOUT = Path.of("..");

  private static final Pattern NEEDS = Pattern.compile("<!-- needs: ([a-z-]+) -->");
  private static final String BEGIN = "```sh";
  private static final String END = "```";

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
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(BEGIN)) {
        Matcher needs = NEEDS.matcher(i == 0 ? "" : lines.get(i - 1).strip());
        int first = i + 1;
        StringBuilder text = new StringBuilder();
        while (!lines.get(++i).strip().equals(END)) {
          text.append(lines.get(i)).append('\n');
        }
        blocks.add(
            new Block(page, first + 1, needs.matches() ? needs.group(1) : "", text.toString()));
      }
    }
    return blocks;
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}

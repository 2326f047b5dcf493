package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every block of every page is run by a test, or its page and this say that it is not. */
class RunBlocksTest {
  private static final Path TESTS = Path.of("src", "test", "java");

  /** Page and heading; the reason stands before the block. */
  private static final Set<String> NOT_RUN =
      Set.of(
          "README.md: Use it with your own Envoy",
          "docs/deploy.md: 1. The image",
          "docs/deploy.md: 2. Apply it",
          "docs/deploy.md: 3. Check it",
          "docs/deploy.md: Update and roll back",
          "docs/operating.md: Running it",
          "docs/operating.md: TLS",
          "docs/operating.md: A start while the source is away",
          "docs/release.md: The archive for Linux",
          "docs/release.md: The image",
          "docs/slices.md: ExternalWorkload",
          "docs/slices.md: How to leave",
          "docs/slices.md: One writer");

  @Test
  void whatNobodyRunsIsNamed() throws Exception {
    Set<String> named = new TreeSet<>();
    for (Block block : blocks()) {
      if (!block.mark().notRun().isEmpty()) {
        named.add(block.page() + ": " + block.heading());
      }
    }

    assertThat(named).isEqualTo(new TreeSet<>(NOT_RUN));
  }

  @Test
  void theOthersAreRun() throws Exception {
    assertThat(blocks())
        .hasSizeGreaterThan(30)
        .filteredOn(block -> block.mark().notRun().isEmpty())
        .allSatisfy(block ->
            assertThat(isWalked(block) || PagesTest.RUN.contains(block.mark().needs()))
                .as("%s needs '%s', which no test has", block, block.mark().needs())
                .isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void aTestOfTheTagWalks(WalkedBlock walked) throws Exception {
    Block block = walked.block();

    assertThat(block.mark().notRun()).isEmpty();
    assertThat(tests())
        .anyMatch(text ->
            text.contains("@Tag(\"" + block.mark().needs() + "\")")
                && text.contains("WalkedBlock." + walked.name()));
  }

  static boolean isWalked(Block block) {
    return Stream.of(WalkedBlock.values()).anyMatch(walked -> walked.is(block));
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : Block.pages()) {
      blocks.addAll(Block.of(page));
    }
    return blocks;
  }

  private static List<String> tests() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }
}

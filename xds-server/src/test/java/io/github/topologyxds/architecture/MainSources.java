package io.github.topologyxds.architecture;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java files of the main code of all modules.
 *
 * @param checkout the folder that holds the modules
 */
record MainSources(Path checkout) {
  /**
   * Fails, naming each file of more lines; and if there is no file, as then nothing was checked.
   */
  void areAtMost(int lines) {
    List<Path> files = files();
    assertThat(files).as("Java files of main code in %s", checkout.toAbsolutePath()).isNotEmpty();
    assertThat(files.stream().filter(file -> lines(file) > lines))
        .as("a file of main code has at most %s lines: one file shows one idea", lines)
        .isEmpty();
  }

  /** Fails, naming each folder that holds more files, without its {@code package-info.java}. */
  void areInFoldersOfAtMost(long files) {
    Map<Path, Long> folders =
        files().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(MainSources::folder, TreeMap::new, counting()));
    assertThat(folders).as("folders of main code").isNotEmpty();
    folders.values().removeIf(count -> count <= files);
    assertThat(folders)
        .as("a folder of main code has at most %s files: one folder shows one idea", files)
        .isEmpty();
  }

  /** Fails, naming each public type and method that has no doc comment. */
  void areDescribed() {
    assertThat(DocComments.missing(files()))
        .as("a public type or method without a doc comment that says what it is")
        .isEmpty();
  }

  /** Fails, naming each method and constructor that takes too much, or a boolean. */
  void takeWhatACallCanTell() {
    assertThat(Signatures.faults(files()))
        .as("what belongs together is a record, and what a true means says an enum")
        .isEmpty();
  }

  private List<Path> files() {
    try (Stream<Path> modules = Files.list(checkout)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(MainSources::filesIn)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(Path file) {
    return requireNonNull(file.getParent());
  }

  private static Stream<Path> filesIn(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.github.topologyxds.e2e.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A tag takes tests out of {@code mvn verify}: whoever reads about the build must meet it. */
class TagsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LEFT_OUT = Pattern.compile("left out: tag ([a-z-]+) ");

  private static SortedSet<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static SortedSet<String> ofTests() throws IOException {
    SortedSet<String> tags = new TreeSet<>();
    Pattern annotation = Pattern.compile("@Tag\\(\"([a-z-]+)\"\\)");
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        tags.addAll(found(annotation, allOf(tests)));
      }
    }
    return tags;
  }

  private static String allOf(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  @Test
  void theBuildLeavesOutAndNamesEveryOne() throws Exception {
    String excluded = between(read("pom.xml"), "<excludedTags>", "</excludedTags>");

    assertThat(new TreeSet<>(List.of(excluded.split(" \\| ")))).isEqualTo(ofTests());
    assertThat(found(LEFT_OUT, read("e2e/pom.xml"))).isEqualTo(ofTests());
    assertThat(found(LEFT_OUT, read("README.md"))).isEqualTo(ofTests());
  }

  @Test
  void ciRunsItOrSaysWhyNot() throws Exception {
    String script = read(".ci/run");
    SortedSet<String> named =
        found(Pattern.compile("(?m)^([a-z-]+)( |$)"), between(script, "tags='\n", "'\n"));
    Pattern whyNot = Pattern.compile("(?m)^#   ([a-z-]+(, [a-z-]+)*): .+");
    for (String tags : found(whyNot, script)) {
      named.addAll(List.of(tags.split(", ")));
    }

    assertThat(named).isEqualTo(ofTests());
  }
}

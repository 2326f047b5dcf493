package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every attack of docs/security.md names a test, and every test that is named is there. */
class SecurityPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");
  private static final String ATTACKS = "| attack ";

  @Test
  void theTestsExist() throws IOException {
    Map<String, String> tests = tests();
    List<MatchResult> named =
        TEST.matcher(Files.readString(ROOT.resolve("docs/security.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(30);
    assertThat(named)
        .allSatisfy(test -> {
          assertThat(tests).containsKey(test.group(1));
          if (test.group(2) != null) {
            assertThat(tests.get(test.group(1))).contains("void " + test.group(2) + "(");
          }
        });
  }

  @Test
  void everyAttackNamesItsTest() throws IOException {
    List<String> attacks = new ArrayList<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(ROOT.resolve("docs/security.md"))) {
      if (inTable && line.startsWith("|") && !line.startsWith("|-")) {
        attacks.add(line);
      }
      inTable = line.startsWith(ATTACKS) || (inTable && line.startsWith("|"));
    }

    assertThat(attacks).hasSizeGreaterThan(15);
    assertThat(attacks)
        .allSatisfy(row -> {
          String shownBy = row.substring(row.lastIndexOf('|', row.length() - 2));
          assertThat(TEST.matcher(shownBy).find()).as(row).isTrue();
        });
  }

  /** Source texts of all tests by their names. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String module : new String[] {"translator", "xds-server", "e2e"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
          texts.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return texts;
  }
}

package io.github.topologyxds.source.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A user's text never throws, whatever it is, and never breaks a line of the log. */
class ManifestReaderPropertyTest {
  /** One place of a good text overwritten by something else. */
  record Damage(String file, int place, int length, String written) {
    String text() {
      String good =
          file.endsWith("json") ? ManifestReaderTest.JSON_EXAMPLE : ManifestReaderTest.EXAMPLE;
      int start = Math.min(place, good.length());
      int end = Math.min(start + length, good.length());
      return good.substring(0, start) + written + good.substring(end);
    }
  }

  @Property(tries = 1000)
  void damagedTextsGiveFindingsOfOneLine(@ForAll("damages") Damage damage) {
    ManifestContent content = ManifestReader.read(damage.file(), damage.text());
    assertThat(content.findings()).noneMatch(f -> f.toString().contains("\n"));
    if (content.outcome() != ManifestContent.Outcome.COMPLETE) {
      assertThat(content.findings()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<Damage> damages() {
    Arbitrary<String> written =
        Arbitraries.of(
            List.of(
                "",
                "\t",
                "\n",
                ": ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                "\"",
                "'",
                "&a ",
                "*a ",
                "!x ",
                "|",
                ">",
                "#",
                "%",
                "@",
                "?",
                "null",
                "true",
                "1e3",
                "99999999999999999999",
                "\u0000",
                "\uD800",
                "\u2028",
                "\u0085",
                "---\n",
                "...\n",
                "<<: ",
                "é",
                "\uFEFF",
                "\\",
                "[[], {}]",
                ": []"));
    return Combinators.combine(
            Arbitraries.of("x.yaml", "x.json"),
            Arbitraries.integers().between(0, 700),
            Arbitraries.integers().between(0, 60),
            written)
        .as(Damage::new);
  }
}

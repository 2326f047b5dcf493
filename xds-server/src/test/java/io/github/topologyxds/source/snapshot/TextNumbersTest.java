package io.github.topologyxds.source.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers of texts, beside a map of the JDK. */
class TextNumbersTest {

  @Test
  void shouldNumberTextsInTheirOrderThoughHashesAreEqual() {
    // "Aa" and "BB" have the same hash, and so has every text made of them.
    TextNumbers numbers = new TextNumbers();

    assertThat(numbers.numberOf("AaAa")).isZero();
    assertThat(numbers.numberOf("BBBB")).isZero();
    assertThat(numbers.numberOf("AaBB")).isZero();
    assertThat(numbers.numberOf("BBBB")).isEqualTo(2);
    assertThat(numbers.numberOf("AaBB")).isEqualTo(3);
    assertThat(numbers.numberOf("AaAa")).isEqualTo(1);
    assertThat(numbers.numberOf("")).isZero();
  }

  @Test
  void shouldNumberAsAMapDoesWhileItGrows() {
    Random random = new Random(7);
    TextNumbers numbers = new TextNumbers();
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String text = "text-" + random.nextInt(50_000);
      Integer known = expected.putIfAbsent(text, expected.size() + 1);
      assertThat(numbers.numberOf(text)).isEqualTo(known == null ? 0 : known);
    }
  }
}

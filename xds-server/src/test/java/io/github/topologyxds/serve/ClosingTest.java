package io.github.topologyxds.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void aPartThatDoesNotCloseKeepsNoOtherFromIt() {
    List<String> closed = new ArrayList<>();
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    parts.push(() -> closed.add("first"));
    parts.push(() -> {
      throw new IllegalArgumentException("stuck");
    });
    parts.push(() -> closed.add("last"));
    assertThatIllegalStateException()
        .isThrownBy(() -> Closing.all(parts))
        .satisfies(e -> assertThat(e.getSuppressed()).singleElement().asString().contains("stuck"));
    assertThat(closed).containsExactly("last", "first");
  }
}

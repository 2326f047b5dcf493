package io.github.topologyxds.topology.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecomputedTest {
  private final AtomicInteger computations = new AtomicInteger();
  private final Recomputed<List<Integer>> value =
      new Recomputed<>(() -> List.of(computations.incrementAndGet()));

  @Test
  void isComputedWhenSomebodyAsksAndSharedWhileSomebodyUsesIt() {
    assertThat(computations).hasValue(0);
    List<Integer> used = value.get();
    try {
      System.gc();
      assertThat(value.get()).isSameAs(used);
    } finally {
      Reference.reachabilityFence(used);
    }
  }

  @Test
  void isKeptForNobody() {
    assertThat(value.get()).containsExactly(1);
    await()
        .untilAsserted(() -> {
          System.gc();
          assertThat(value.get()).isNotEqualTo(List.of(1));
        });
  }
}

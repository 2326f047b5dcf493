package io.github.topologyxds.benchmarks.load.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.benchmarks.load.measured.LoadFigures;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Comparison of(List<String> before, List<String> after) {
    Comparison comparison = new Comparison();
    for (int i = 0; i < before.size(); i++) {
      comparison.add(LoadFigures.parse(before.get(i)), LoadFigures.parse(after.get(i)));
    }
    return comparison;
  }

  private static String run(String name, double value) {
    return "{\"commit\":\"x\",\"" + name + "\":" + value + "}";
  }

  @Test
  void shouldShowTheMedianOfEachFigureThatBothHave() {
    Comparison odd =
        of(
            List.of("{\"a\":3,\"b\":1}", "{\"a\":100,\"b\":1}", "{\"a\":1,\"b\":1}"),
            List.of("{\"c\":1,\"a\":2}", "{\"c\":1,\"a\":4}", "{\"c\":1,\"a\":1}"));
    assertThat(odd.rows()).containsExactly(new Comparison.Row("a", 3, 2));

    Comparison even = of(List.of(run("a", 1), run("a", 2)), List.of(run("a", 5), run("a", 7)));
    assertThat(even.rows()).containsExactly(new Comparison.Row("a", 1.5, 6));
    assertThat(even.table()).contains("median of 2").contains("+300.0 %");
  }

  @Test
  void shouldHoldWhatMayNotGetWorse() {
    assertThat(of(List.of(run("push_cpu_ms", 0.050)), List.of(run("push_cpu_ms", 0.052))).holds())
        .isTrue();
    Comparison slower = of(List.of(run("push_cpu_ms", 0.050)), List.of(run("push_cpu_ms", 0.054)));
    assertThat(slower.holds()).isFalse();
    assertThat(slower.table()).contains("5 % OVER");
    assertThat(of(List.of(run("change_p99_ms", 40)), List.of(run("change_p99_ms", 47))).holds())
        .isTrue();
    assertThat(of(List.of(run("change_p99_ms", 40)), List.of(run("change_p99_ms", 49))).holds())
        .isFalse();
    assertThat(of(List.of(run("change_p50_ms", 20)), List.of(run("change_p50_ms", 2))).holds())
        .isTrue();
    assertThat(of(List.of(run("rss_mib", 100)), List.of(run("rss_mib", 300))).holds()).isTrue();
  }

  @Test
  void shouldHoldTheWorkToBeTheSame() {
    assertThat(of(List.of(run("change_pushes", 400)), List.of(run("change_pushes", 399))).holds())
        .isFalse();
    assertThat(of(List.of(run("cold_sync_mb", 100)), List.of(run("cold_sync_mb", 100.5))).holds())
        .isTrue();
    assertThat(of(List.of(run("cold_sync_mb", 100)), List.of(run("cold_sync_mb", 90))).holds())
        .isFalse();
    assertThat(of(List.of(run("lost_streams", 0)), List.of(run("lost_streams", 1))).holds())
        .isFalse();
  }
}

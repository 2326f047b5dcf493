package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.ApiFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a kind that a cluster need not have counts as absent. */
class OptionalKindTest {
  private final List<Observation> seen = new ArrayList<>();

  @Test
  void withoutTheKindOrTheRightThereAreNone() {
    assertThat(of(WatchedKind.ZONAL_SHIFT).isNone(failure(404))).isTrue();
    assertThat(of(WatchedKind.ZONAL_SHIFT).isNone(failure(403))).isTrue();
    assertThat(seen)
        .hasSize(2)
        .allSatisfy(told ->
            assertThat(told)
                .isInstanceOfSatisfying(
                    Observation.Listed.class, listed -> assertThat(listed.objects()).isEmpty()));
  }

  @Test
  void aServerThatIsAwaySaysNothing() {
    OptionalKind kind = of(WatchedKind.ZONAL_SHIFT);
    for (int status : List.of(0, 401, 429, 500, 503)) {
      assertThat(kind.isNone(failure(status))).isFalse();
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void whatWasKnownStaysUntilTheKindIsSurelyGone() {
    OptionalKind kind = of(WatchedKind.ZONAL_SHIFT);
    kind.listed();
    for (int i = 0; i < 100; i++) {
      assertThat(kind.isNone(failure(403))).as("a right that is taken away").isFalse();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(kind.isNone(failure(404))).as("a server that has just begun").isFalse();
    }
    kind.listed();
    for (int i = 0; i < 4; i++) {
      assertThat(kind.isNone(failure(404))).isFalse();
    }
    assertThat(kind.isNone(failure(404))).isTrue();
  }

  @Test
  void otherKindsMustBeThere() {
    assertThat(of(WatchedKind.SLICE).isNone(failure(404))).isFalse();
  }

  private OptionalKind of(WatchedKind kind) {
    FeedHealth health =
        new FeedHealth(new Feed(kind, ""), System::nanoTime, new OutageLog(System::nanoTime));
    return new OptionalKind(health, seen::add);
  }

  private static ApiFailure failure(int status) {
    return new ApiFailure(ApiFailure.Kind.UNAVAILABLE, status, "answers " + status, Duration.ZERO);
  }
}

package io.github.topologyxds.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExponentialDelayTest {
  private final ExponentialDelay delay =
      new ExponentialDelay(Duration.ofMillis(500), Duration.ofSeconds(16));

  @Test
  void shouldDoubleUpToTheLongest() {
    assertThat(delay.after(0, Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    assertThat(delay.after(1, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    assertThat(delay.after(5, Duration.ZERO)).isEqualTo(Duration.ofSeconds(16));
    assertThat(delay.after(6, Duration.ZERO)).isEqualTo(Duration.ofSeconds(16));
    assertThat(delay.after(Integer.MAX_VALUE, Duration.ZERO)).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void shouldWaitAsLongAsTheServerAsks() {
    assertThat(delay.after(0, Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    assertThat(delay.after(5, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(16));
  }
}

package io.github.topologyxds.grpc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Duration MAX_WAIT = Duration.ofMillis(200);

  private final Sessions sessions = new Sessions();
  private final List<Long> closed = new ArrayList<>();

  @Test
  void closesManyOverTheWholeTime() throws Exception {
    for (int i = 0; i < 1000; i++) {
      sessions.add(status -> closed.add(System.nanoTime()));
    }
    sessions.closeSpread(Status.UNAVAILABLE, MAX_WAIT);

    assertThat(closed).hasSize(1000);
    // Never less, however busy the machine is: the last one's turn comes at 999/1000 of it.
    assertThat(closed.getLast() - closed.getFirst()).isGreaterThan(MAX_WAIT.toNanos() / 2);
  }

  @Test
  void closesAFewAtOnce() throws Exception {
    sessions.add(status -> closed.add(System.nanoTime()));
    long start = System.nanoTime();
    sessions.closeSpread(Status.UNAVAILABLE, Duration.ofDays(1));
    sessions.closeSpread(Status.UNAVAILABLE, Duration.ofDays(1));

    assertThat(closed).hasSize(2);
    assertThat(closed.getLast() - start).isLessThan(Duration.ofHours(1).toNanos());
  }
}

package io.github.topologyxds.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which lines are written of those that come; the clock is the test's. */
class LineBudgetTest {
  private static final String LIBRARY = "some.library.Class";
  private static final String OURS = "io.github.topologyxds.some.Class";

  private final LineBudget budget = new LineBudget(0);
  private long now;

  @Test
  void aLoudLibraryWritesFiveLinesASecond() {
    assertThat(written(LIBRARY, Level.WARN, 1_000)).isEqualTo(5);
    pass(TimeUnit.SECONDS, 1);
    assertThat(written(LIBRARY, Level.WARN, 1_000)).isEqualTo(5);
  }

  /** Nobody has heard of these loggers: they have their limit all the same. */
  @Test
  void aHundredLoudLoggersWriteTenLinesASecondTogether() {
    int lines =
        IntStream.range(0, 100).map(i -> written("never.heard.Of" + i, Level.ERROR, 100)).sum();
    assertThat(lines).isEqualTo(10);
  }

  @Test
  void noFloodHidesAWarningOfOurs() {
    for (int i = 0; i < 100; i++) {
      written("never.heard.Of" + i, Level.ERROR, 1_000);
      written(OURS, Level.INFO, 1_000);
    }
    assertThat(written(OURS, Level.WARN, 3)).isEqualTo(3);
    assertThat(written(OURS, Level.ERROR, 3)).isEqualTo(3);
  }

  @Test
  void oneLoudLoggerOfOursHidesNoOther() {
    written(OURS, Level.WARN, 10_000);

    assertThat(written(OURS + "Else", Level.WARN, 3)).isEqualTo(3);
  }

  @Test
  void whatClientsCauseIsTwentyLinesASecondAndHidesNothingOfOurs() {
    int caused = 0;
    for (int client = 0; client < 10_000; client++) {
      String name = "client" + client;
      caused += byClient(LIBRARY, Level.WARN, name) + byClient(OURS, Level.INFO, name);
      caused += byClient(OURS, Level.WARN, name) + byClient(OURS, Level.ERROR, name);
      caused += byClient("other.library", Level.ERROR, name);
    }
    assertThat(caused).isBetween(15, 20);
    assertThat(written(OURS, Level.WARN, 50)).isEqualTo(50);
  }

  /** It limits itself to 20 and their number: all of that is written, at nobody else's expense. */
  @Test
  void whoComesAndGoesHasRoomForItself() {
    for (int second = 0; second < 60; second++) {
      assertThat(written(CurrentClient.LOGGER, Level.INFO, 20)).isEqualTo(20);
      assertThat(written(CurrentClient.LOGGER, Level.WARN, 1)).isEqualTo(1);
      pass(TimeUnit.SECONDS, 1);
    }
    written(CurrentClient.LOGGER, Level.WARN, 10_000);
    assertThat(written(OURS, Level.WARN, 50)).isEqualTo(50);
    assertThat(written(OURS, Level.INFO, 50)).isEqualTo(50);
  }

  @Test
  void oneConnectionHasTenLinesAMinute() {
    int caused = 0;
    for (int second = 0; second < 60; second++) {
      caused += byClient(LIBRARY, Level.WARN, "one") + byClient(OURS, Level.WARN, "one");
      pass(TimeUnit.SECONDS, 1);
    }
    // Ten at once, and ten more while they came.
    assertThat(caused).isBetween(15, 20);
  }

  @Test
  void whatWasLeftOutIsTold() {
    written(LIBRARY, Level.WARN, 1_000);
    assertThat(budget.due(now))
        .containsExactly(
            new LineBudget.Dropped(new LineBudget.Source(LIBRARY, Level.WARN, Share.OPEN), 995));
    written(LIBRARY, Level.WARN, 7);
    assertThat(budget.due(now)).as("once in ten seconds").isEmpty();
    pass(TimeUnit.SECONDS, 10);
    assertThat(budget.due(now)).singleElement().matches(dropped -> dropped.lines() == 7);
    pass(TimeUnit.SECONDS, 10);
    assertThat(budget.due(now)).isEmpty();
  }

  /** A first complete state brings its findings together. */
  @Test
  void aHundredFindingsAreWrittenAtOnce() {
    assertThat(written(OURS, Level.INFO, 100)).isEqualTo(100);
    assertThat(written(OURS, Level.WARN, 100)).isEqualTo(100);
  }

  @Test
  void whoeverSwitchesDebugOnGetsAllOfIt() {
    assertThat(written(LIBRARY, Level.DEBUG, 1_000)).isEqualTo(1_000);
  }

  private int written(String logger, Level level, int lines) {
    return (int)
        IntStream.range(0, lines).filter(i -> budget.admits(logger, level, null, now)).count();
  }

  private int byClient(String logger, Level level, String client) {
    return budget.admits(logger, level, client, now) ? 1 : 0;
  }

  private void pass(TimeUnit unit, int count) {
    now += unit.toNanos(count);
  }
}

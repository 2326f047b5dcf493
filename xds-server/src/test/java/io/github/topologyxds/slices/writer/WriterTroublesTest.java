package io.github.topologyxds.slices.writer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.slices.writer.WriterTroubles.Cause;
import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class WriterTroublesTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Logger logger = (Logger) LoggerFactory.getLogger(WriterTroubles.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final WriterTroubles troubles = new WriterTroubles();

  @BeforeEach
  void listen() {
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(said);
  }

  private void passMinutes(int minutes) {
    for (int i = 0; i < minutes * 60; i++) {
      troubles.say(Long.MAX_VALUE - 90 * SECOND + i * SECOND);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCauseIsSaidOnceAMinuteAndShown(Cause cause) {
    switch (cause) {
      case WATCH ->
          troubles.follow(() ->
              List.of(
                  new WatchHealth(
                      ObjectKind.EXTERNAL_WORKLOAD,
                      "",
                      false,
                      false,
                      Duration.ZERO,
                      Duration.ZERO,
                      0,
                      "the API server answers 404")));
      case LEASE, WRITE, DEFECT -> troubles.stands(cause, "the API server answers 403");
    }
    passMinutes(3);
    assertThat(said.list)
        .hasSize(3)
        .allSatisfy(line ->
            assertThat(line.getFormattedMessage())
                .startsWith("EndpointSlices are not written: ")
                .contains("the API server answers 40"));
    assertThat(troubles.count(cause)).isEqualTo(1);
  }

  @Test
  void whatIsOverIsSaidNoMore() {
    troubles.stands(Cause.LEASE, "a");
    troubles.isOver(Cause.LEASE);
    passMinutes(2);
    assertThat(said.list).isEmpty();
    assertThat(troubles.lines()).isEmpty();
    assertThat(troubles.count(Cause.LEASE)).isZero();
  }
}

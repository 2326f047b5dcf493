package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A client that refuses everything does not fill the log, and hides no other. */
class NackLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(NackLog.class);
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final FakeClock clock = new FakeClock();
  private final NackLog log = new NackLog();

  @BeforeEach
  void listen() {
    written.start();
    logger.addAppender(written);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(written);
  }

  @Test
  void writesTenLinesAMinuteAndThenTheirNumber() {
    refuse("loud", ResourceType.ENDPOINT, 10_000);
    assertThat(lines()).hasSize(10).allMatch(line -> line.contains("client loud refused ENDPOINT"));

    written.list.clear();
    clock.advance(TimeUnit.MINUTES.toMillis(1));
    assertThat(lines())
        .containsExactly("client loud refused ENDPOINT 9990 more times within a minute");

    written.list.clear();
    refuse("loud", ResourceType.ENDPOINT, 3);
    clock.advance(TimeUnit.MINUTES.toMillis(1));
    assertThat(lines()).hasSize(3);
    assertThat(log.size()).isZero();
  }

  @Test
  void hidesNeitherAnotherClientNorAnotherType() {
    refuse("loud", ResourceType.ENDPOINT, 10_000);
    written.list.clear();

    refuse("quiet", ResourceType.ENDPOINT, 1);
    refuse("loud", ResourceType.CLUSTER, 1);

    assertThat(lines()).hasSize(2);
  }

  @Test
  void keepsNothingOfClientsThatMakeUpNewIds() {
    for (int i = 0; i < 5_000; i++) {
      refuse("id" + i, ResourceType.ENDPOINT, 2);
    }
    assertThat(log.size()).isLessThanOrEqualTo(1_000 + ResourceType.values().length);
    assertThat(lines()).hasSizeLessThanOrEqualTo(2_000 + NackLog.LINES_A_MINUTE);
  }

  private void refuse(String client, ResourceType type, int times) {
    for (int i = 0; i < times; i++) {
      log.tell(new NackLog.Refused(client, type, "shop/cart:http", "other words " + i), clock);
    }
  }

  private List<String> lines() {
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}

package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.kubernetes.ApiFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageLogTest {
  private final AtomicLong clock = new AtomicLong();
  private final OutageLog outages = new OutageLog(clock::get);
  private final FeedHealth slices =
      new FeedHealth(new Feed(WatchedKind.SLICE, ""), clock::get, outages);
  private final FeedHealth nodes =
      new FeedHealth(new Feed(WatchedKind.NODE, ""), clock::get, outages);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger =
      (Logger) LoggerFactory.getLogger("io.github.topologyxds.kubernetes");

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void anOutageIsOneLineAMinuteForAllKinds() {
    ApiFailure away = new ApiFailure(ApiFailure.Kind.UNAVAILABLE, "cannot be reached");
    for (int second = 0; second < 119; second++) {
      slices.failed(away);
      nodes.failed(away);
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    nodes.heard();
    slices.heard();
    String line = "EndpointSlice: the API server cannot be reached; nothing of it is known yet";
    assertThat(said()).containsExactly(line, line, "the API server answers again");
  }

  @Test
  void everyMissingRightIsNamed() {
    ApiFailure denied = new ApiFailure(ApiFailure.Kind.DENIED, "answers 403 Forbidden: ..");
    slices.failed(denied);
    nodes.failed(denied);
    assertThat(said()).hasSize(2);
  }
}

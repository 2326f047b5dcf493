package io.github.topologyxds.state.findings;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class FindingRecorderTest {
  private static final Subject CART = new Subject(Finder.TRANSLATION, "shop/cart");
  private static final Subject PAY = new Subject(Finder.TRANSLATION, "shop/pay");
  private static final Finding ODD =
      Finding.of(Reason.PREFERENCE_INVALID, ObjectKey.namespace("shop"), "allowed: none");

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.topologyxds.findings");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Finding> told = new ArrayList<>();
  private final FindingRecorder recorder = new FindingRecorder();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    recorder.addSink(told::addAll);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  @ParameterizedTest
  @EnumSource
  void aFindingIsLoggedOnceAtItsSeverityCountedAndTold(Reason reason) {
    Finding finding = Finding.of(reason, ObjectKey.service(new ObjectName("shop", "cart")), "x");
    recorder.replace(CART, List.of(finding));
    recorder.replace(CART, List.of(finding));
    Level level =
        switch (reason.severity()) {
          case INFO -> Level.INFO;
          case WARNING -> Level.WARN;
          case ERROR -> Level.ERROR;
        };
    assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(level);
    assertThat(log.list.getFirst().getFormattedMessage())
        .isEqualTo(reason + " Service shop/cart: x");
    assertThat(told).containsExactly(finding);
    assertThat(recorder.count(reason)).isEqualTo(1);
    assertThat(recorder.current()).containsExactly(finding);

    recorder.replace(CART, List.of());
    assertThat(recorder.count(reason)).isZero();
    assertThat(recorder.current()).isEmpty();
    assertThat(log.list).hasSize(1);
  }

  @Test
  void whatSeveralSubjectsHaveIsOneFinding() {
    recorder.replace(CART, List.of(ODD));
    recorder.replace(PAY, List.of(ODD));
    assertThat(recorder.count(ODD.reason())).isEqualTo(1);
    assertThat(log.list).hasSize(1);
    recorder.replace(CART, List.of());
    assertThat(recorder.count(ODD.reason())).isEqualTo(1);
    recorder.replace(PAY, List.of());
    assertThat(recorder.count(ODD.reason())).isZero();
  }

  @Test
  void whatMovesWithinABatchIsNotNew() {
    recorder.replace(CART, List.of(ODD));
    recorder.replace(new TreeMap<>(Map.of(CART, List.of(), PAY, List.of(ODD))));
    assertThat(log.list).hasSize(1);
    assertThat(told).hasSize(1);
    assertThat(recorder.count(ODD.reason())).isEqualTo(1);
  }

  @Test
  void whatComesBackIsToldAgain() {
    recorder.replace(CART, List.of(ODD));
    recorder.replace(CART, List.of());
    recorder.replace(CART, List.of(ODD));
    assertThat(told).containsExactly(ODD, ODD);
  }

  @Test
  void aDefectIsLoggedWithItsStack() {
    Finding defect =
        Finding.of(
            Reason.TRANSLATION_FAILED, ObjectKey.service(new ObjectName("shop", "cart")), "x");
    recorder.defect(CART, defect, new IllegalStateException("y"));
    recorder.defect(CART, defect, new IllegalStateException("y"));
    assertThat(log.list).hasSize(1);
    assertThat(log.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("y");
    assertThat(recorder.count(Reason.TRANSLATION_FAILED)).isEqualTo(1);
  }
}

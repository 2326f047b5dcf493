package io.github.topologyxds.shiftstatus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.shifts.ShiftJudge;
import io.github.topologyxds.shifts.ShiftRecord;
import io.github.topologyxds.shifts.ShiftStatus;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.shifts.ZonalShift;
import io.github.topologyxds.slices.lease.Epoch;
import io.github.topologyxds.slices.lease.Fence;
import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When a status is written, and how often; nothing here takes time. */
class ShiftStatusWriterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TreeSet<String> ZONES = new TreeSet<>(Set.of("a", "b", "c"));
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final long START = Long.MAX_VALUE - 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(START);
  private final Fence fence = new Fence(nanos::get);
  private final List<WriteApi.Request> requests = new ArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(StatusTroubles.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private int answer = 200;
  private boolean synced = true;
  private ShiftVerdict verdict = ShiftVerdict.NONE;
  private final ShiftStatusWriter writer =
      new ShiftStatusWriter(
          request -> {
            requests.add(request);
            return new WriteApi.Reply(
                answer, JSON.createObjectNode(), Duration.ZERO, answer < 300 ? "" : "answers");
          },
          new ShiftStatusWriter.Shifts(() -> verdict, () -> List.of(watch(synced))),
          fence,
          new ShiftStatusWriter.Clocks(nanos::get, () -> NOON.plusNanos(nanos.get() - START)));

  ShiftStatusWriterTest() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void remove() {
    logger.detachAppender(log);
  }

  private static WatchHealth watch(boolean synced) {
    return new WatchHealth(
        ObjectKind.ZONAL_SHIFT, "", synced, false, Duration.ZERO, Duration.ZERO, 0, "");
  }

  private void lead() {
    fence.renewed(new Epoch("uid", 1), nanos.get());
  }

  private void stepsEachSecond(int seconds) throws InterruptedException {
    for (int second = 0; second < seconds; second++) {
      lead();
      writer.step();
      nanos.addAndGet(1_000_000_000L);
    }
  }

  private void shifts(String uid, int count) {
    List<ZonalShift> shifts =
        IntStream.range(0, count)
            .mapToObj(i ->
                new ZonalShift(
                    "s" + i,
                    "a",
                    NOON.plusSeconds(3600),
                    ShiftMode.LAST_RESORT,
                    ZonalShift.RETURN_OVER,
                    "",
                    new ShiftRecord(uid, 1, 0, ShiftStatus.NONE)))
            .toList();
    verdict = ShiftJudge.judge(shifts, ZONES, NOON, ShiftVerdict.NONE);
  }

  @Test
  void oneRequestWithTheObjectsUidWhileTheWatchIsBehind() throws Exception {
    shifts("u1", 1);
    stepsEachSecond(29);

    assertThat(requests).hasSize(1);
    WriteApi.Request request = requests.getFirst();
    assertThat(request.method()).isEqualTo(WriteApi.Method.PATCH);
    assertThat(request.path())
        .isEqualTo(
            "/apis/topology-xds.io/v1alpha1/zonalshifts/s0/status?fieldManager=topology-xds");
    JsonNode body = JSON.readTree(request.body());
    assertThat(body.at("/metadata/uid").asString()).isEqualTo("u1");
    assertThat(body.propertyNames()).containsExactly("metadata", "status");
    assertThat(body.at("/status/phase").asString()).isEqualTo("Active");
    assertThat(body.at("/status/conditions/1/reason").asString()).isEqualTo("Active");
    assertThat(body.at("/status/conditions/1/observedGeneration").asInt()).isEqualTo(1);
  }

  @Test
  void whatSomebodyUndidIsWrittenAgain() throws Exception {
    shifts("u1", 1);
    stepsEachSecond(31);
    assertThat(requests).hasSize(2);
  }

  @Test
  void anotherOneOfThatNameIsWrittenAtOnce() throws Exception {
    shifts("u1", 1);
    stepsEachSecond(1);
    shifts("u2", 1);
    stepsEachSecond(1);
    assertThat(requests).hasSize(2);
  }

  @Test
  void whoDoesNotHoldTheLeaseWritesNothing() throws Exception {
    shifts("u1", 1);
    writer.step();
    assertThat(requests).isEmpty();
    lead();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    writer.step();
    assertThat(requests).as("the Lease was not renewed").isEmpty();
  }

  /** A snapshot's shifts are of another time. */
  @Test
  void beforeTheClusterIsKnownNothingIsWrittenNorAskedFor() throws Exception {
    synced = false;
    shifts("u1", 1);
    stepsEachSecond(3);
    assertThat(requests).isEmpty();
    assertThat(writer.ready()).isFalse();
  }

  @Test
  void withoutShiftsNobodyWantsTheLease() {
    assertThat(writer.ready()).isFalse();
    shifts("u1", 1);
    assertThat(writer.ready()).isTrue();
  }

  @Test
  void aRefusalIsTriedAgainEverMoreSeldomAndSaidOnceAMinute() throws Exception {
    answer = 403;
    shifts("u1", 1);
    stepsEachSecond(600);

    assertThat(requests).as("1, 2, 4, 8, 16, 32 s apart, then a minute").hasSize(15);
    assertThat(log.list).hasSizeBetween(9, 10);
    assertThat(log.list.getFirst().getFormattedMessage())
        .isEqualTo(
            "the status of ZonalShifts is not written, and they act all the same: ZonalShift s0:"
                + " the API server answers");
    answer = 200;
    stepsEachSecond(20);
    assertThat(requests).as("and once that is over").hasSize(16);
  }

  /**
   * It was deleted or made anew meanwhile: no news. A kind without a status answers so for ever.
   */
  @Test
  void aConflictIsToldOnlyIfItStays() throws Exception {
    answer = 409;
    shifts("u1", 1);
    stepsEachSecond(1);
    assertThat(log.list).isEmpty();
    stepsEachSecond(5);
    assertThat(log.list).hasSize(1);
  }

  @Test
  void manyAtOnceAreWrittenFiveASecond() throws Exception {
    shifts("u1", 12);
    stepsEachSecond(1);
    assertThat(requests).hasSize(5);
    stepsEachSecond(2);
    assertThat(requests).hasSize(12);
  }

  /** Many that fail hold up no other for ever. */
  @Test
  void thoseThatFailWaitAndTheOthersGoOn() throws Exception {
    shifts("u1", 12);
    answer = 500;
    stepsEachSecond(1);
    answer = 200;
    stepsEachSecond(3);
    assertThat(requests).hasSize(17);
    assertThat(requests.stream().map(WriteApi.Request::path).distinct()).hasSize(12);
  }
}

package io.github.topologyxds.shifts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.topologyxds.model.shift.ShiftMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written of a ZonalShift, and when: the clock and the object are the test's. */
class ShiftStatusesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant ONE = NOON.plusSeconds(3600);
  private static final TreeSet<String> ZONES = new TreeSet<>(Set.of("a", "b", "c"));

  private ShiftStatus status = ShiftStatus.NONE;
  private ShiftVerdict verdict = ShiftVerdict.NONE;

  @Test
  void fromActiveToExpiredItIsWrittenThreeTimes() {
    List<String> written = new ArrayList<>();
    for (int second = 0; second < 4300; second++) {
      boolean changed = write(shift("a", ONE), NOON.plusSeconds(second).plusMillis(5));
      if (changed) {
        written.add(second + " " + status.phase());
      }
    }
    assertThat(written).containsExactly("0 Active", "3600 Returning", "4200 Expired");
  }

  @Test
  void aConditionHasTheTimeOfItsTransition() {
    assertThat(write(shift("a", ONE), NOON.plusMillis(5))).isTrue();
    assertThat(status.conditions())
        .containsExactly(
            new ShiftCondition("Accepted", "True", "2026-03-01T12:00:00Z", "Active", ""),
            new ShiftCondition(
                "TrafficShifted",
                "True",
                "2026-03-01T12:00:00Z",
                "Active",
                "emptied: its endpoints are the last resort"));

    write(shift("a", ONE), ONE);
    assertThat(status.conditions())
        .containsExactly(
            new ShiftCondition("Accepted", "True", "2026-03-01T12:00:00Z", "Returning", ""),
            new ShiftCondition(
                "TrafficShifted",
                "True",
                "2026-03-01T12:00:00Z",
                "Returning",
                "comes back in steps, with all of its share at 2026-03-01T13:10:00Z"));

    write(shift("a", ONE), ONE.plusSeconds(600));
    assertThat(status.conditions())
        .containsExactly(
            new ShiftCondition("Accepted", "True", "2026-03-01T12:00:00Z", "Expired", ""),
            new ShiftCondition(
                "TrafficShifted",
                "False",
                "2026-03-01T13:10:00Z",
                "Expired",
                "has its share back"));
  }

  /** Nobody was there when it expired. */
  @Test
  void aServerThatComesBackWritesWhereTimeHasLedIt() {
    write(shift("a", ONE), NOON);
    verdict = ShiftVerdict.NONE;

    assertThat(write(shift("a", ONE), ONE.plusSeconds(86_400))).isTrue();
    assertThat(status.phase()).isEqualTo("Expired");
    assertThat(write(shift("a", ONE), ONE.plusSeconds(86_500))).isFalse();
  }

  @Test
  void oneThatIsRefusedSaysWhyByTheCodeOfTheFinding() {
    write(shift("a", NOON.plus(Duration.ofHours(80))), NOON);

    assertThat(status.phase()).isEqualTo("Refused");
    assertThat(status.conditions())
        .extracting(ShiftCondition::type, ShiftCondition::status, ShiftCondition::reason)
        .containsExactly(
            tuple("Accepted", "False", "ZONAL_SHIFT_REFUSED"),
            tuple("TrafficShifted", "False", "ZONAL_SHIFT_REFUSED"));
    assertThat(status.conditions())
        .allSatisfy(one -> assertThat(one.message()).contains("more than 72 h ahead"));
  }

  @Test
  void oneOfAZoneThatNobodyHasMovesNothing() {
    write(shift("x", ONE), NOON);

    assertThat(status.phase()).isEqualTo("Active");
    assertThat(status.conditions())
        .extracting(ShiftCondition::type, ShiftCondition::status, ShiftCondition::reason)
        .containsExactly(
            tuple("Accepted", "True", "Active"),
            tuple("TrafficShifted", "False", "ZONAL_SHIFT_ZONE_UNKNOWN"));
  }

  @Test
  void theGenerationIsThatOfTheSpec() {
    write(shift("a", ONE), NOON);
    assertThat(status.observedGeneration()).isEqualTo(7);
  }

  /** Whoever writes it by hand has it mended. */
  @Test
  void whatSomebodyElseWroteIsNoStatusOfOurs() {
    write(shift("a", ONE), NOON);
    ShiftStatus ours = status;
    status = new ShiftStatus("Expired", 7, List.of());
    assertThat(write(shift("a", ONE), NOON)).isTrue();
    assertThat(status).isEqualTo(ours);
  }

  @Test
  void aFileHasNoStatusToWrite() {
    ZonalShift file =
        new ZonalShift(
            "one", "a", ONE, ShiftMode.STRICT, ZonalShift.RETURN_OVER, "", ShiftRecord.NONE);
    verdict = ShiftJudge.judge(List.of(file), ZONES, NOON, verdict);
    assertThat(ShiftStatuses.changes(verdict, NOON)).isEmpty();
  }

  /** The API server keeps what is written. */
  private boolean write(ZonalShift shift, Instant now) {
    verdict = ShiftJudge.judge(List.of(shift), ZONES, now, verdict);
    List<ShiftStatuses.Change> changes = ShiftStatuses.changes(verdict, now);
    changes.forEach(change -> status = change.status());
    return !changes.isEmpty();
  }

  private ZonalShift shift(String zone, Instant expireAt) {
    return new ZonalShift(
        "one",
        zone,
        expireAt,
        ShiftMode.LAST_RESORT,
        ZonalShift.RETURN_OVER,
        "",
        new ShiftRecord("uid", 7, 0, status));
  }
}

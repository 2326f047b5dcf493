package io.github.topologyxds.shifts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.model.shift.ShiftedZone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What ZonalShifts come to as time goes on; the clock is the test's. */
class ShiftJudgeTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TreeSet<String> ZONES = new TreeSet<>(Set.of("a", "b", "c"));

  private ShiftVerdict verdict = ShiftVerdict.NONE;

  @Test
  void itIsActiveUntilItExpiresAndComesBackInThreeSteps() {
    ZonalShift shift = shift("one", "a", NOON.plusSeconds(3600));

    assertThat(percentAt(NOON, shift)).isZero();
    assertThat(verdict.until()).isEqualTo(shift.expireAt());
    assertThat(percentAt(NOON.plusSeconds(3599), shift)).isZero();
    assertThat(percentAt(NOON.plusSeconds(3600), shift)).isEqualTo(10);
    assertThat(phase("one")).isEqualTo(ShiftPhase.RETURNING);
    assertThat(verdict.until()).isEqualTo(shift.expireAt().plusSeconds(200));
    assertThat(percentAt(NOON.plusSeconds(3800), shift)).isEqualTo(25);
    assertThat(percentAt(NOON.plusSeconds(4000), shift)).isEqualTo(50);
    assertThat(percentAt(NOON.plusSeconds(4199), shift)).isEqualTo(50);
    assertThat(percentAt(NOON.plusSeconds(4200), shift)).isEqualTo(100);
    assertThat(phase("one")).isEqualTo(ShiftPhase.EXPIRED);
    assertThat(verdict.until()).isEqualTo(Instant.MAX);
    assertThat(verdict.zones().isEmpty()).isTrue();
  }

  /** Nobody was there when it expired: what counts is the time alone. */
  @Test
  void aServerThatComesBackFindsItWhereTimeHasLedIt() {
    ZonalShift shift = shift("one", "a", NOON);

    assertThat(percentAt(NOON.plusSeconds(250), shift)).isEqualTo(25);
    verdict = ShiftVerdict.NONE;
    assertThat(percentAt(NOON.plusSeconds(86_400), shift)).isEqualTo(100);
  }

  @Test
  void withoutATimeToReturnOverItIsBackAtOnce() {
    ZonalShift shift =
        new ZonalShift(
            "one", "a", NOON, ShiftMode.LAST_RESORT, Duration.ZERO, "", ShiftRecord.NONE);

    assertThat(percentAt(NOON.minusMillis(1), shift)).isZero();
    assertThat(percentAt(NOON, shift)).isEqualTo(100);
  }

  @Test
  void moreThan72HoursAheadIsRefusedUntilItIsNot() {
    ZonalShift shift = shift("one", "a", NOON.plus(Duration.ofHours(80)));

    assertThat(percentAt(NOON, shift)).isEqualTo(100);
    assertThat(phase("one")).isEqualTo(ShiftPhase.REFUSED);
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.ZONAL_SHIFT_REFUSED);
          assertThat(finding.object()).hasToString("ZonalShift one");
          assertThat(finding.message()).contains("more than 72 h ahead", "2026-03-01T20:00:00Z");
        });
    assertThat(percentAt(verdict.until(), shift)).isZero();
  }

  @Test
  void exactly72HoursByASlowerClockAreNotTooMany() {
    assertThat(percentAt(NOON, shift("one", "a", NOON.plus(ShiftJudge.MAX_AHEAD).plusSeconds(5))))
        .isZero();
  }

  @Test
  void severalActAndTheOneThatWouldLeaveNoZoneIsRefused() {
    judge(NOON, shift("one", "a", NOON.plusSeconds(60)), shift("two", "b", NOON.plusSeconds(60)));
    assertThat(verdict.zones().byZone()).containsOnlyKeys("a", "b");

    judge(
        NOON,
        shift("one", "a", NOON.plusSeconds(60)),
        shift("two", "b", NOON.plusSeconds(60)),
        shift("zero", "c", NOON.plusSeconds(60)));

    assertThat(verdict.zones().byZone()).containsOnlyKeys("a", "b");
    assertThat(phase("zero")).isEqualTo(ShiftPhase.REFUSED);
    assertThat(verdict.findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.ZONAL_SHIFT_REFUSED);
  }

  /** "a-new" comes first by name, and even by age: but what acts goes on. */
  @Test
  void whatActsIsNotDisplaced() {
    ZonalShift two = shift("two", "b", NOON.plusSeconds(60));
    ZonalShift three = shift("three", "c", NOON.plusSeconds(60));
    judge(NOON, two, three);

    judge(
        NOON,
        two,
        three,
        new ZonalShift(
            "a-new",
            "a",
            NOON.plusSeconds(60),
            ShiftMode.STRICT,
            ZonalShift.RETURN_OVER,
            "",
            made(0, "")));

    assertThat(verdict.zones().byZone()).containsOnlyKeys("b", "c");
    assertThat(phase("a-new")).isEqualTo(ShiftPhase.REFUSED);
  }

  @Test
  void withoutMemoryTheOlderActs() {
    judge(NOON, aged("x", "a", 30), aged("y", "b", 10), aged("z", "c", 20));

    assertThat(verdict.zones().byZone()).containsOnlyKeys("b", "c");
    assertThat(phase("x")).isEqualTo(ShiftPhase.REFUSED);
  }

  /** What acts goes on when the server is started anew: its status says that it acts. */
  @Test
  void atAStartTheStatusIsTheMemory() {
    judge(
        NOON,
        recorded("x", "a", made(30, "Active")),
        aged("y", "b", 10),
        recorded("z", "c", made(20, "Active")));

    assertThat(verdict.zones().byZone()).containsOnlyKeys("a", "c");
    assertThat(phase("y")).isEqualTo(ShiftPhase.REFUSED);
  }

  /** A status may be behind: who was there knows better. */
  @Test
  void aStatusThatIsBehindDisplacesNobody() {
    judge(NOON, aged("x", "a", 30), aged("y", "b", 10), aged("z", "c", 20));

    judge(
        NOON,
        recorded("x", "a", made(30, "Active")),
        recorded("y", "b", made(10, "Refused")),
        aged("z", "c", 20));

    assertThat(phase("x")).isEqualTo(ShiftPhase.REFUSED);
    assertThat(phase("y")).isEqualTo(ShiftPhase.ACTIVE);
  }

  @Test
  void whileAZoneComesBackTheLastOthersAreNotEmptied() {
    ZonalShift returning = shift("one", "a", NOON.minusSeconds(10));
    ZonalShift second = shift("two", "b", NOON.plusSeconds(3600));
    ZonalShift third = shift("three", "c", NOON.plusSeconds(3600));

    judge(NOON, returning, second, third);
    assertThat(verdict.zones().byZone().values())
        .extracting(ShiftedZone::percent)
        .as("one of the two is refused")
        .containsExactlyInAnyOrder(10, 0);

    judge(NOON.plusSeconds(600), returning, second, third);
    assertThat(verdict.zones().byZone()).containsOnlyKeys("b", "c");
  }

  @Test
  void anUnknownZoneMovesNothingAndIsToldOf() {
    judge(NOON, shift("one", "zone-x", NOON.plusSeconds(60)));

    assertThat(phase("one")).isEqualTo(ShiftPhase.ACTIVE);
    assertThat(verdict.findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.ZONAL_SHIFT_ZONE_UNKNOWN);
  }

  @Test
  void ofTwoForOneZoneTheStricterCountsAndTheLongerKeepsIt() {
    ZonalShift strict =
        new ZonalShift(
            "strict",
            "a",
            NOON.plusSeconds(60),
            ShiftMode.STRICT,
            ZonalShift.RETURN_OVER,
            "",
            ShiftRecord.NONE);
    ZonalShift longer = shift("longer", "a", NOON.plusSeconds(600));

    judge(NOON, strict, longer);
    assertThat(verdict.zones().of("a").orElseThrow().mode()).isEqualTo(ShiftMode.STRICT);

    judge(NOON.plusSeconds(60), strict, longer);
    ShiftedZone zone = verdict.zones().of("a").orElseThrow();
    assertThat(zone.percent()).isZero();
    assertThat(zone.mode()).isEqualTo(ShiftMode.LAST_RESORT);
  }

  private int percentAt(Instant now, ZonalShift... shifts) {
    judge(now, shifts);
    return verdict.zones().of("a").map(ShiftedZone::percent).orElse(100);
  }

  private void judge(Instant now, ZonalShift... shifts) {
    TreeMap<String, ZonalShift> byName = new TreeMap<>();
    List.of(shifts).forEach(shift -> byName.put(shift.name(), shift));
    verdict = ShiftJudge.judge(byName.values(), ZONES, now, verdict);
  }

  private ShiftPhase phase(String name) {
    return verdict.shifts().stream()
        .filter(judged -> judged.shift().name().equals(name))
        .findFirst()
        .orElseThrow()
        .phase();
  }

  private static ZonalShift shift(String name, String zone, Instant expireAt) {
    return new ZonalShift(
        name, zone, expireAt, ShiftMode.LAST_RESORT, ZonalShift.RETURN_OVER, "", ShiftRecord.NONE);
  }

  private static ZonalShift aged(String name, String zone, long created) {
    return recorded(name, zone, made(created, ""));
  }

  private static ZonalShift recorded(String name, String zone, ShiftRecord record) {
    return new ZonalShift(
        name,
        zone,
        NOON.plusSeconds(60),
        ShiftMode.LAST_RESORT,
        ZonalShift.RETURN_OVER,
        "",
        record);
  }

  private static ShiftRecord made(long created, String phase) {
    return new ShiftRecord("u", 1, created, new ShiftStatus(phase, 1, List.of()));
  }
}

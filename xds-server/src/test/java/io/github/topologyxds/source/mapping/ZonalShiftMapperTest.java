package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.shifts.ShiftRecord;
import io.github.topologyxds.shifts.ZonalShift;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.ModelObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ZonalShifts as somebody writes them into a file. */
class ZonalShiftMapperTest {
  private static final String VALID =
      """
      apiVersion: topology-xds.io/v1alpha1
      kind: ZonalShift
      metadata: {name: zone-b}
      spec:
        awayFrom: zone-b
        expireAt: 2026-12-01T18:00:00+01:00
      """;

  @Test
  void whatIsNotWrittenHasItsDefault() {
    assertThat(shift(VALID))
        .isEqualTo(
            new ZonalShift(
                "zone-b",
                "zone-b",
                Instant.parse("2026-12-01T17:00:00Z"),
                ShiftMode.LAST_RESORT,
                Duration.ofMinutes(10),
                "",
                ShiftRecord.NONE));
  }

  @Test
  void everythingIsRead() {
    ZonalShift shift =
        shift(
            VALID.replace("{name: zone-b}", "{name: b, creationTimestamp: '2026-12-01T00:00:00Z'}")
                + "  mode: Strict\n  returnOver: 1h30m\n  comment: new switches\n");

    assertThat(shift.mode()).isEqualTo(ShiftMode.STRICT);
    assertThat(shift.returnOver()).isEqualTo(Duration.ofMinutes(90));
    assertThat(shift.comment()).isEqualTo("new switches");
    assertThat(shift.record().created())
        .isEqualTo(Instant.parse("2026-12-01T00:00:00Z").getEpochSecond());
  }

  /** Nothing is assumed instead: a zone that is emptied otherwise than meant is worse. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          awayFrom: zone-b|awayFrom: ''|spec.awayFrom is missing (allowed: the name of a zone)
          awayFrom: zone-b|awayFrom: a/b|spec.awayFrom is "a/b" (allowed: the name of a zone)
          expireAt: 2026-12-01T18:00:00+01:00|comment: x|spec.expireAt is missing (allowed: a time like
          2026-12-01T18:00:00+01:00|tomorrow|spec.expireAt is "tomorrow" (allowed: a time like
          2026-12-01T18:00:00+01:00|2026-12-01T18:00:00|(allowed: a time like 2026-01-31T08:00:00Z)
          spec:|comment:|spec is missing
          """)
  void whatIsNotAllowedMovesNothing(String written, String instead, String message) {
    refused(VALID.replace(written, instead), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode: strict|spec.mode is "strict" (allowed: LastResort, Strict)
          returnOver: 25h|spec.returnOver is "25h" (allowed: a time like 10m, 24h at most)
          returnOver: 10|spec.returnOver is "10"
          returnOver: -1m|spec.returnOver is "-1m"
          """)
  void norIsThis(String line, String message) {
    refused(VALID + "  " + line.replace(": ", ": '") + "'\n", message);
  }

  private static void refused(String text, String message) {
    Manifests.Loaded loaded = Manifests.of("shift.yaml", text);
    assertThat(loaded.objects()).isEmpty();
    assertThat(loaded.findings())
        .filteredOn(finding -> finding.reason() == Reason.OBJECT_INVALID)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.object()).hasToString("ZonalShift zone-b");
          assertThat(finding.message()).contains(message, "; nothing moves");
        });
  }

  private static ZonalShift shift(String text) {
    Manifests.Loaded loaded = Manifests.of("shift.yaml", text);
    assertThat(loaded.findings()).isEmpty();
    assertThat(loaded.objects()).hasSize(1);
    return ((ModelObject.OfZonalShift) loaded.objects().getFirst()).model();
  }
}

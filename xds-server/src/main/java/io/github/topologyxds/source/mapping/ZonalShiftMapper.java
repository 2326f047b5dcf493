package io.github.topologyxds.source.mapping;

import static io.github.topologyxds.source.mapping.KubernetesMapper.orEmpty;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.shifts.ShiftCondition;
import io.github.topologyxds.shifts.ShiftRecord;
import io.github.topologyxds.shifts.ShiftStatus;
import io.github.topologyxds.shifts.ZonalShift;
import io.github.topologyxds.state.ModelObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ZonalShifts. A value that is not allowed is refused, whatever could be assumed instead: a zone
 * that is emptied in another way than somebody meant is worse than one that is not.
 */
final class ZonalShiftMapper {
  private static final Duration MAX_RETURN = Duration.ofDays(1);

  private ZonalShiftMapper() {}

  static MappedObject map(ObjectName name, ZonalShiftObject shift, Remarks remarks) {
    ZonalShiftObject.Spec spec = shift.spec();
    if (spec == null) {
      return refuse(remarks, "spec", "is missing");
    }
    String awayFrom = orEmpty(spec.awayFrom);
    if (awayFrom.isEmpty() || !LabelValue.isValid(awayFrom)) {
      return refuse(remarks, "awayFrom", awayFrom, "the name of a zone");
    }
    Optional<Instant> expireAt = instant(orEmpty(spec.expireAt));
    if (expireAt.isEmpty()) {
      return refuse(
          remarks, "expireAt", orEmpty(spec.expireAt), "a time like 2026-01-31T08:00:00Z");
    }
    Optional<ShiftMode> mode = mode(orEmpty(spec.mode));
    if (mode.isEmpty()) {
      return refuse(remarks, "mode", orEmpty(spec.mode), modes());
    }
    Optional<Duration> returnOver = returnOver(orEmpty(spec.returnOver));
    if (returnOver.isEmpty()) {
      return refuse(
          remarks, "returnOver", orEmpty(spec.returnOver), "a time like 10m, 24h at most");
    }
    ZonalShift model =
        new ZonalShift(
            name.name(),
            awayFrom,
            expireAt.get(),
            mode.get(),
            returnOver.get(),
            orEmpty(spec.comment),
            record(shift));
    return new MappedObject.Accepted(new ModelObject.OfZonalShift(model), remarks.findings());
  }

  private static ShiftRecord record(ZonalShiftObject shift) {
    ObjectMeta metadata = shift.getMetadata();
    return new ShiftRecord(
        orEmpty(metadata.getUid()),
        Objects.requireNonNullElse(metadata.getGeneration(), 0L),
        instant(orEmpty(metadata.getCreationTimestamp()))
            .map(Instant::getEpochSecond)
            .orElse(ShiftRecord.AGE_UNKNOWN),
        status(shift.status()));
  }

  private static ShiftStatus status(ZonalShiftObject.@Nullable Status status) {
    if (status == null) {
      return ShiftStatus.NONE;
    }
    return new ShiftStatus(
        orEmpty(status.phase),
        Objects.requireNonNullElse(status.observedGeneration, 0L),
        Objects.requireNonNullElse(status.conditions, List.<Condition>of()).stream()
            .map(one ->
                new ShiftCondition(
                    orEmpty(one.getType()),
                    orEmpty(one.getStatus()),
                    orEmpty(one.getLastTransitionTime()),
                    orEmpty(one.getReason()),
                    orEmpty(one.getMessage())))
            .toList());
  }

  private static Optional<Instant> instant(String written) {
    try {
      return Optional.of(OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ShiftMode> mode(String written) {
    return written.isEmpty()
        ? Optional.of(ShiftMode.LAST_RESORT)
        : Arrays.stream(ShiftMode.values())
            .filter(mode -> mode.label().equals(written))
            .findFirst();
  }

  private static String modes() {
    return Arrays.stream(ShiftMode.values())
        .map(ShiftMode::label)
        .collect(Collectors.joining(", "));
  }

  private static Optional<Duration> returnOver(String written) {
    return written.isEmpty()
        ? Optional.of(ZonalShift.RETURN_OVER)
        : ApiDuration.parse(written).filter(time -> time.compareTo(MAX_RETURN) <= 0);
  }

  private static MappedObject refuse(
      Remarks remarks, String field, String written, String allowed) {
    return refuse(
        remarks,
        field,
        written.isEmpty()
            ? "is missing (allowed: " + allowed + ")"
            : "is \"" + Finding.quote(written) + "\" (allowed: " + allowed + ")");
  }

  private static MappedObject refuse(Remarks remarks, String field, String what) {
    String path = field.equals("spec") ? field : "spec." + field;
    return remarks.refuse(
        Reason.OBJECT_INVALID, path + " " + what + "; nothing moves", path.split("\\."));
  }
}

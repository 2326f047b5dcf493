package io.github.topologyxds.shifts;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.model.shift.ShiftedZones;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges all ZonalShifts together. Those that act go before those that are new, and of the new ones
 * the older first: one that would leave no zone is refused, and what acts goes on. A zone on its
 * way back counts as not there yet, so that nobody sends it everything at once.
 */
public final class ShiftJudge {
  /** As AWS has it. */
  public static final Duration MAX_AHEAD = Duration.ofDays(3);

  /** Clocks differ: who asks for 72 h by his own clock has asked for 72 h. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private static final int NOTHING = 0;
  private static final int ALL = 100;

  private final SortedSet<String> zones;
  private final Instant now;

  /** The zones that are not, or not yet wholly, there. */
  private final SortedSet<String> away = new TreeSet<>();

  private final List<JudgedShift> judged = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private ShiftJudge(SortedSet<String> zones, Instant now) {
    this.zones = zones;
    this.now = now;
  }

  /**
   * Judges them.
   *
   * @param zones that Nodes or endpoints have
   * @param before what they came to last; {@link ShiftVerdict#NONE} at a start
   */
  public static ShiftVerdict judge(
      Collection<ZonalShift> shifts, SortedSet<String> zones, Instant now, ShiftVerdict before) {
    if (shifts.isEmpty()) {
      return ShiftVerdict.NONE;
    }
    ShiftJudge judge = new ShiftJudge(zones, now);
    Set<String> known = before.names();
    Set<String> active = before.active();
    List<ZonalShift> open = new ArrayList<>();
    for (ZonalShift shift : shifts) {
      if (now.isBefore(shift.expireAt())) {
        open.add(shift);
      } else {
        judge.ended(shift);
      }
    }
    open.sort(
        Comparator.comparing((ZonalShift shift) ->
                !(known.contains(shift.name()) ? active.contains(shift.name()) : saidActive(shift)))
            .thenComparingLong(ZonalShift::created)
            .thenComparing(ZonalShift::name));
    open.forEach(judge::open);
    return judge.verdict();
  }

  /** At a start nobody remembers what acts but the objects themselves. */
  private static boolean saidActive(ZonalShift shift) {
    return shift.record().status().phase().equals(ShiftPhase.ACTIVE.label());
  }

  private void ended(ZonalShift shift) {
    ReturnRamp.Step step = ReturnRamp.at(shift, now);
    if (step.percent() < ALL) {
      away.add(shift.awayFrom());
      add(shift, ShiftPhase.RETURNING, step, "comes back: " + step.percent() + " % of its share");
    } else {
      add(shift, ShiftPhase.EXPIRED, step, "has its share back");
    }
  }

  private void open(ZonalShift shift) {
    Instant from = shift.expireAt().minus(MAX_AHEAD);
    if (now.isBefore(from.minus(CLOCK_SKEW))) {
      refuse(
          shift,
          from.minus(CLOCK_SKEW),
          "spec.expireAt is %s, more than 72 h ahead: bring it nearer, or it begins to act at %s"
              .formatted(shift.expireAt(), from));
      return;
    }
    if (zones.contains(shift.awayFrom()) && leavesNone(shift.awayFrom())) {
      refuse(
          shift,
          Instant.MAX,
          "it would leave no zone: of %s, %s are emptied or on their way back; delete this shift, or wait for another one"
              .formatted(quoted(zones), quoted(away)));
      return;
    }
    if (!zones.contains(shift.awayFrom())) {
      findings.add(
          finding(
              Reason.ZONAL_SHIFT_ZONE_UNKNOWN,
              shift,
              "spec.awayFrom is \"%s\", which no Node and no endpoint has as its zone (there are %s): nothing moves"
                  .formatted(Finding.quote(shift.awayFrom()), quoted(zones))));
    }
    away.add(shift.awayFrom());
    add(
        shift,
        ShiftPhase.ACTIVE,
        new ReturnRamp.Step(NOTHING, shift.expireAt()),
        switch (shift.mode()) {
          case LAST_RESORT -> "emptied: its endpoints are the last resort";
          case STRICT -> "emptied: its endpoints are left out";
        });
  }

  private boolean leavesNone(String zone) {
    return zones.stream().allMatch(other -> other.equals(zone) || away.contains(other));
  }

  private void refuse(ZonalShift shift, Instant until, String why) {
    findings.add(finding(Reason.ZONAL_SHIFT_REFUSED, shift, why));
    judged.add(new JudgedShift(shift, ShiftPhase.REFUSED, ALL, why, until));
  }

  private void add(ZonalShift shift, ShiftPhase phase, ReturnRamp.Step step, String why) {
    judged.add(new JudgedShift(shift, phase, step.percent(), why, step.until()));
  }

  private ShiftVerdict verdict() {
    judged.sort(Comparator.comparing(one -> one.shift().name()));
    findings.sort(Comparator.naturalOrder());
    SortedMap<String, JudgedShift> byZone = new TreeMap<>();
    Instant until = Instant.MAX;
    for (JudgedShift one : judged) {
      until = one.until().isBefore(until) ? one.until() : until;
      if (one.acts()) {
        byZone.merge(one.shift().awayFrom(), one, ShiftJudge::stronger);
      }
    }
    SortedMap<String, ShiftedZone> shifted = new TreeMap<>();
    byZone.forEach((zone, one) -> shifted.put(zone, shifted(one)));
    return new ShiftVerdict(judged, new ShiftedZones(shifted), until, findings);
  }

  private static ShiftedZone shifted(JudgedShift one) {
    return new ShiftedZone(
        one.percent(), one.shift().mode(), one.shift().name(), one.until().toString());
  }

  /** Of several shifts of one zone the one that takes most; of equals the one that lasts. */
  private static JudgedShift stronger(JudgedShift one, JudgedShift other) {
    if (one.percent() != other.percent()) {
      return one.percent() < other.percent() ? one : other;
    }
    if (one.shift().mode() != other.shift().mode()) {
      return one.shift().mode() == ShiftMode.STRICT ? one : other;
    }
    return one.until().isBefore(other.until()) ? other : one;
  }

  private static Finding finding(Reason reason, ZonalShift shift, String message) {
    return Finding.of(
        reason, new ObjectKey(ObjectKind.ZONAL_SHIFT, new ObjectName("", shift.name())), message);
  }

  private static String quoted(SortedSet<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(Finding::quote).collect(Collectors.joining(", "));
  }
}

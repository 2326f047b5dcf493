package io.github.topologyxds.topology.shift;

import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.decision.FairShares;
import io.github.topologyxds.topology.decision.Scope;
import io.github.topologyxds.topology.decision.Selection;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Placement;
import io.github.topologyxds.topology.endpoint.PriorityLadder;
import io.github.topologyxds.topology.settings.Nearness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Zones that are emptied (rule 13), the last of all rules: of what the others have selected, the
 * endpoints of such a zone stand in a last tier of their own, HEALTHY. Measured: so they serve when
 * all else is dead, where DRAINING ones, and those that are left out, were 503; and no connection
 * is closed. It never joins another tier, however small it is.
 *
 * <p>On its way back a zone gets a part of what it had in the first tier, and elsewhere stands in a
 * tier of its own before the emptied ones. Fair shares have taken that into account already ({@link
 * BalanceRule#carrying}).
 */
public final class ZonalShiftRule {
  private final ShiftedZones shifts;
  private final Selection selection;
  private final List<List<Placement>> tiers = new ArrayList<>();

  /** Of zones on their way back, outside of the first tier. */
  private final List<Placement> behind = new ArrayList<>();

  private final List<Placement> emptied = new ArrayList<>();

  private ZonalShiftRule(ShiftedZones shifts, Selection selection) {
    this.shifts = shifts;
    this.selection = selection;
  }

  /** Applies it to what all other rules have made for one client. */
  public static Selection apply(ShiftedZones shifts, Selection selection) {
    boolean concerned =
        selection.tiers().stream()
            .flatMap(List::stream)
            .anyMatch(placement -> shifts.of(placement.zone()).isPresent());
    return concerned ? new ZonalShiftRule(shifts, selection).applied() : selection;
  }

  private Selection applied() {
    for (int tier = 0; tier < selection.tiers().size(); tier++) {
      List<Placement> kept = new ArrayList<>();
      for (Placement placement : selection.tiers().get(tier)) {
        Optional<ShiftedZone> zone = shifts.of(placement.zone());
        if (zone.isEmpty() || (tier == 0 && !zone.get().emptied())) {
          kept.add(placement);
        } else if (!zone.get().dropped()) {
          (zone.get().emptied() ? emptied : behind).add(placement.with(Nearness.SHIFTED_AWAY));
        }
      }
      tiers.add(kept);
    }
    SortedMap<String, Integer> weights = weights();
    tiers.add(behind);
    tiers.add(emptied);
    List<List<Placement>> laddered = PriorityLadder.asAsked(tiers);
    boolean lost = anyHealthy(selection.tiers()) && !anyHealthy(laddered);
    Decision decision = selection.decision();
    return new Selection(
        lost
            ? new Decision(
                decision.scope(),
                decision.basis(),
                decision.eligibility(),
                DecisionReason.ZONE_EMPTIED)
            : decision,
        laddered,
        weights);
  }

  private static boolean anyHealthy(List<List<Placement>> tiers) {
    return tiers.stream()
        .flatMap(List::stream)
        .anyMatch(placement -> placement.health() == Health.HEALTHY);
  }

  /** How the zones that are left in the first tier share it. */
  private SortedMap<String, Integer> weights() {
    SortedMap<String, Double> before = shares(tiers.getFirst());
    SortedMap<String, Integer> asSelected = new TreeMap<>(selection.zoneWeights());
    asSelected.keySet().retainAll(before.keySet());
    boolean settled = selection.decision().scope() instanceof Scope.FairZones;
    boolean returning = before.keySet().stream().anyMatch(zone -> shifts.of(zone).isPresent());
    return settled || !returning ? asSelected : onTheWay(FairShares.parts(before));
  }

  /** The shares of the first tier's zones as selected, in any unit: by weight, or by endpoints. */
  private SortedMap<String, Double> shares(List<Placement> first) {
    SortedMap<String, Double> healthy = healthy(first);
    SortedMap<String, Integer> weights = selection.zoneWeights();
    if (!weights.isEmpty()) {
      healthy.keySet().retainAll(weights.keySet());
      healthy.replaceAll((zone, count) -> (double) weights.getOrDefault(zone, 0));
    }
    return healthy;
  }

  /** Zones on their way back get a part of their share; the others, or those behind, the rest. */
  private SortedMap<String, Integer> onTheWay(SortedMap<String, Double> parts) {
    SortedMap<String, Double> shares = new TreeMap<>();
    SortedMap<String, Double> others = new TreeMap<>();
    double rest = 1;
    for (var zone : parts.entrySet()) {
      if (shifts.of(zone.getKey()).isEmpty()) {
        others.put(zone.getKey(), zone.getValue());
      } else {
        double share = zone.getValue() * shifts.factor(zone.getKey());
        shares.put(zone.getKey(), share);
        rest -= share;
      }
    }
    if (others.isEmpty()) {
      others = standIns();
    }
    double toOthers = rest;
    FairShares.parts(others).forEach((zone, part) -> shares.put(zone, part * toOthers));
    return shares.size() == 1
        ? Collections.emptySortedMap()
        : FairShares.integers(FairShares.parts(shares));
  }

  /** Brings all that is not on its way into the first tier; returns what is healthy, by zone. */
  private SortedMap<String, Double> standIns() {
    List<Placement> others = tiers.subList(1, tiers.size()).stream().flatMap(List::stream).toList();
    SortedMap<String, Double> healthy = healthy(others);
    if (!healthy.isEmpty()) {
      others.forEach(placement -> tiers.getFirst().add(placement.with(Nearness.STANDS_IN)));
      tiers.subList(1, tiers.size()).clear();
    }
    return healthy;
  }

  private static SortedMap<String, Double> healthy(List<Placement> placements) {
    SortedMap<String, Double> healthy = new TreeMap<>();
    for (Placement placement : placements) {
      if (placement.health() == Health.HEALTHY) {
        healthy.merge(placement.zone(), 1.0, Double::sum);
      }
    }
    return healthy;
  }
}

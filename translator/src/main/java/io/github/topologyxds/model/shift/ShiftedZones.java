package io.github.topologyxds.model.shift;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The zones that traffic keeps away from, or comes back to, at one moment: an input of the
 * translation, which knows no clock.
 */
public record ShiftedZones(SortedMap<String, ShiftedZone> byZone) {
  /** All zones get their share. */
  public static final ShiftedZones NONE = new ShiftedZones(Collections.emptySortedMap());

  public ShiftedZones {
    byZone = Collections.unmodifiableSortedMap(new TreeMap<>(byZone));
  }

  /** True where all zones get their share. */
  public boolean isEmpty() {
    return byZone.isEmpty();
  }

  /** Returns what becomes of a zone; empty for one that gets its share. */
  public Optional<ShiftedZone> of(String zone) {
    return Optional.ofNullable(byZone.get(zone));
  }

  /** Returns the part of its share that a zone gets, 0..1. */
  public double factor(String zone) {
    return of(zone).map(ShiftedZone::factor).orElse(1.0);
  }

  /** Returns the same without those that are on their way back. */
  public ShiftedZones emptied() {
    return new ShiftedZones(
        byZone.entrySet().stream()
            .filter(zone -> zone.getValue().emptied())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
  }
}

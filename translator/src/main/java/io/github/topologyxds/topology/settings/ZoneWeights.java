package io.github.topologyxds.topology.settings;

import io.github.topologyxds.model.names.LabelValue;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How zones share the requests of every client ({@code topology-xds.io/zone-weights}).
 *
 * @param byZone 0 to {@value #MAX_WEIGHT}; a zone with 0 is the last resort, one that is not named
 *     takes what the weighted ones cannot carry
 */
public record ZoneWeights(SortedMap<String, Integer> byZone) {
  /** Nothing is asked for. */
  public static final ZoneWeights NONE = new ZoneWeights(new TreeMap<>());

  /** Envoy adds the weights of a priority in 32 bits, and they are written times 1,000. */
  private static final int MAX_WEIGHT = 10_000;

  private static final int MAX_ZONES = 100;
  private static final Pattern ENTRY = Pattern.compile(" *([^= ]+) *= *([0-9]{1,5}) *");

  public ZoneWeights {
    byZone = Collections.unmodifiableSortedMap(new TreeMap<>(byZone));
  }

  /**
   * Reads a user's value, such as {@code zone-a=80,zone-b=20}; empty for anything else, for a zone
   * that is named twice, and where no zone has more than 0.
   */
  public static Optional<ZoneWeights> parse(String value) {
    SortedMap<String, Integer> byZone = new TreeMap<>();
    for (String entry : value.split(",", MAX_ZONES + 1)) {
      Matcher matcher = ENTRY.matcher(entry);
      if (!matcher.matches() || !LabelValue.isValid(matcher.group(1))) {
        return Optional.empty();
      }
      int weight = Integer.parseInt(matcher.group(2));
      if (weight > MAX_WEIGHT || byZone.put(matcher.group(1), weight) != null) {
        return Optional.empty();
      }
    }
    return byZone.size() > MAX_ZONES || byZone.values().stream().allMatch(weight -> weight == 0)
        ? Optional.empty()
        : Optional.of(new ZoneWeights(byZone));
  }

  /** True where zones have weights. */
  public boolean any() {
    return !byZone.isEmpty();
  }

  /** Returns where an endpoint of a zone stands, whoever asks. */
  public Nearness nearness(String zone) {
    Integer weight = byZone.get(zone);
    if (weight == null) {
      return Nearness.ZONE_WITHOUT_WEIGHT;
    }
    return weight > 0 ? Nearness.WEIGHTED_ZONE : Nearness.ZONE_OF_WEIGHT_ZERO;
  }

  /** Returns the weights as users write them. */
  public String label() {
    return byZone.entrySet().stream()
        .map(zone -> zone.getKey() + "=" + zone.getValue())
        .collect(Collectors.joining(","));
  }
}

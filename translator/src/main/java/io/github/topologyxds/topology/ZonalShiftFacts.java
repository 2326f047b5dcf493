package io.github.topologyxds.topology;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ShiftedZone;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What zonal shifts change of a service port, for people and for programs. */
final class ZonalShiftFacts {
  private ZonalShiftFacts() {}

  /** True where an endpoint is in a zone that traffic keeps away from. */
  static boolean concerns(RoutingCase asked) {
    return !asked.shifts().isEmpty() && !counts(asked).isEmpty();
  }

  /** Returns the facts of a case that they concern. */
  static RuleFacts of(RoutingCase asked) {
    SortedMap<String, Integer> counts = counts(asked);
    int all = asked.endpoints().endpoints().size();
    String text =
        counts.entrySet().stream()
            .map(zone ->
                asked
                    .shifts()
                    .of(zone.getKey())
                    .map(shifted -> text(zone.getKey(), zone.getValue() + " of " + all, shifted))
                    .orElse(""))
            .collect(Collectors.joining("; "));
    return new RuleFacts(text, new TreeMap<>())
        .and("endpoints", all)
        .and("shifted", counts.values().stream().mapToInt(count -> count).sum());
  }

  private static String text(String zone, String endpoints, ShiftedZone shifted) {
    String by = " (ZonalShift " + Finding.quote(shifted.shift()) + ") until " + shifted.until();
    String quoted = Finding.quote(zone);
    if (!shifted.emptied()) {
      return "%s comes back%s with %d %% of its share: %s endpoints"
          .formatted(quoted, by, shifted.percent(), endpoints);
    }
    return "%s is emptied%s: %s endpoints %s"
        .formatted(
            quoted, by, endpoints, shifted.dropped() ? "are left out" : "are the last resort");
  }

  private static SortedMap<String, Integer> counts(RoutingCase asked) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (UsableEndpoint endpoint : asked.endpoints().endpoints()) {
      String zone = endpoint.location().zone();
      if (asked.shifts().of(zone).isPresent()) {
        counts.merge(zone, 1, Integer::sum);
      }
    }
    return counts;
  }
}

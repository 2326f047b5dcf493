package io.github.topologyxds.topology.shift;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What zonal shifts change of a service port.
 *
 * @param text one line for people; "" where they change nothing
 * @param shifted how many of its endpoints are in zones that are emptied, or on their way back
 */
public record ZonalShiftFacts(String text, int shifted) {
  /** Returns it for the endpoints of a service port. */
  public static ZonalShiftFacts of(List<UsableEndpoint> endpoints, ShiftedZones shifts) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (UsableEndpoint endpoint : endpoints) {
      String zone = endpoint.location().zone();
      if (shifts.of(zone).isPresent()) {
        counts.merge(zone, 1, Integer::sum);
      }
    }
    String text =
        counts.entrySet().stream()
            .map(zone ->
                shifts
                    .of(zone.getKey())
                    .map(shifted ->
                        text(zone.getKey(), zone.getValue() + " of " + endpoints.size(), shifted))
                    .orElse(""))
            .collect(Collectors.joining("; "));
    return new ZonalShiftFacts(text, counts.values().stream().mapToInt(count -> count).sum());
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
}

package io.github.topologyxds.load;

import java.util.function.Predicate;

/**
 * What a report may name: nothing else becomes a label.
 *
 * @param ports whether an EDS name is one that is served
 * @param zones whether a Node is known that is in this zone
 */
public record ServedLabels(Predicate<String> ports, Predicate<String> zones) {
  /** Returns the zone, or {@link LoadKey#UNKNOWN}. */
  String zone(String reported) {
    return zones.test(reported) ? reported : LoadKey.UNKNOWN;
  }
}

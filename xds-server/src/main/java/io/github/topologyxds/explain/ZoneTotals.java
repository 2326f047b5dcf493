package io.github.topologyxds.explain;

import io.github.topologyxds.explain.ZoneMatrices.ServiceSums;
import io.github.topologyxds.explain.ZoneMatrices.Sums;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up where the requests of all Services go. The Services are in parts, by name; of a part in
 * which nothing has changed the sum is remembered, so that a change of one of ten thousand costs
 * its neighbours of that part, and the parts. Equal Services give equal sums, to the last bit,
 * whatever was remembered.
 *
 * <p>Any thread, one at a time.
 */
final class ZoneTotals {
  private static final int PARTS = 64;

  // Guarded by this.
  private final List<Part> parts = new ArrayList<>();

  /** Sums of Services, compared as objects: each is made once for a Service as it is. */
  private record Part(List<Sums> services, Sums sum) {
    static Part of(List<Sums> services) {
      Sums sum = new Sums();
      services.forEach(sum::add);
      return new Part(services, sum);
    }
  }

  /** Knows nothing yet. */
  ZoneTotals() {
    for (int i = 0; i < PARTS; i++) {
      parts.add(Part.of(List.of()));
    }
  }

  /** Returns the sum over all of them. */
  synchronized Sums of(List<ServiceSums> services) {
    List<List<Sums>> now = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      now.add(new ArrayList<>());
    }
    services.forEach(s -> now.get(Math.floorMod(s.service().hashCode(), PARTS)).add(s.sum()));
    Sums total = new Sums();
    for (int i = 0; i < PARTS; i++) {
      if (!parts.get(i).services().equals(now.get(i))) {
        parts.set(i, Part.of(now.get(i)));
      }
      total.add(parts.get(i).sum());
    }
    return total;
  }
}

package io.github.topologyxds.demo;

import java.util.List;

/** How many backends there are in each zone, in the order of {@link DemoWorld#ZONES}. */
public enum DemoBackends {
  /** As many in each. */
  EVEN(3, 3, 3),
  /** A small zone, whose clients are as many as the others'. */
  SKEWED(1, 4, 4);

  private final List<Integer> byZone;

  DemoBackends(Integer... byZone) {
    this.byZone = List.of(byZone);
  }

  /** Returns how many there are in a zone. */
  int in(String zone) {
    return byZone.get(DemoWorld.ZONES.indexOf(zone));
  }

  int all() {
    return byZone.stream().mapToInt(count -> count).sum();
  }
}

package io.github.topologyxds.demo;

/** How many backends there are in each zone. */
public enum DemoBackends {
  /** As many in each. */
  EVEN(3, 3),
  /** A small zone, whose clients are as many as the others'. */
  SKEWED(1, 4);

  private final int first;
  private final int other;

  /**
   * So many in the first zone, and in each of the others.
   *
   * @param first of {@link DemoWorld#ZONES}
   */
  DemoBackends(int first, int other) {
    this.first = first;
    this.other = other;
  }

  /** Returns how many there are in a zone. */
  int in(String zone) {
    return zone.equals(DemoWorld.ZONES.getFirst()) ? first : other;
  }

  /** Returns how many there are in all zones. */
  int all() {
    return first + (DemoWorld.ZONES.size() - 1) * other;
  }
}

package io.github.topologyxds.explain.evacuation;

/**
 * A Service port that has endpoints in a zone that is to be emptied.
 *
 * @param cluster {@code namespace/service:port}
 * @param there how many of its ready endpoints are in the zone
 * @param ready how many there are in all
 * @param growth how much more the other zone gets that grows most; 0.5: half more
 * @param busiest that zone; "" where there is none
 * @param outcome what becomes of the port
 */
public record EvacuatedPort(
    String cluster, int there, int ready, double growth, String busiest, Outcome outcome) {

  /** What becomes of a port. */
  public enum Outcome {
    /** Its requests go elsewhere. */
    MOVES,
    /** They go elsewhere, where they are more than half more than before. */
    OVERLOADS,
    /** It has no endpoint elsewhere. */
    ALONE,
    /** It asks to stay: Local, failover, or topology-xds.io/zonal-shift: ignore. */
    STAYS
  }
}

package io.github.topologyxds.xds;

import java.util.SortedMap;

/**
 * What weights the localities of a priority are given, so that each gets its share.
 *
 * <p>Where a cluster has {@code locality_weighted_lb_config}, Envoy multiplies a locality's weight
 * with {@code min(1, factor x healthy / counted)} (load_balancer_impl.cc). Every endpoint carries
 * its part of the share too: a cluster without that setting, such as one of an Envoy that takes
 * endpoints alone, then makes the same split (docs/decisions/0046).
 */
sealed interface LocalityWeighing {
  /** Of weights, so that a share that is split among endpoints stays exact enough. */
  int SCALE = 1000;

  /**
   * A locality of one priority, as Envoy counts it.
   *
   * @param healthy how many of its endpoints are HEALTHY
   * @param counted how many are HEALTHY or UNHEALTHY
   */
  record Counts(String zone, int healthy, int counted) {
    /** Returns what is left of a locality's weight, 0..1. */
    double available(int factor) {
      return counted == 0 ? 0 : Math.min(1, factor / 100.0 * healthy / counted);
    }
  }

  /**
   * The weights of a locality, at least 1 as Envoy demands.
   *
   * @param endpoint of each of its endpoints; 0: they have none
   */
  record Weights(int locality, int endpoint) {}

  /** Returns the weights of a locality. */
  Weights of(Counts counts);

  /**
   * The cluster does not use weights: for people, and for gRPC, the number of healthy endpoints.
   */
  record Unused() implements LocalityWeighing {
    @Override
    public Weights of(Counts counts) {
      return new Weights(Math.max(1, counts.healthy()), 0);
    }
  }

  /**
   * The cluster uses weights, and this priority's endpoints are alike: what Envoy takes off a
   * locality's weight is put on it before.
   *
   * @param factor the assignment's over-provisioning, in percent
   */
  record Alike(int factor) implements LocalityWeighing {
    @Override
    public Weights of(Counts counts) {
      return counts.healthy() == 0
          ? new Weights(1, 0)
          : new Weights((int) Math.round(SCALE * counts.healthy() / counts.available(factor)), 0);
    }
  }

  /**
   * Zones share the priority by weights, less what they have lost of their endpoints.
   *
   * @param byZone positive; a zone that is not in it has no healthy endpoint here
   * @param factor the assignment's over-provisioning, in percent
   */
  record ByZone(SortedMap<String, Integer> byZone, int factor) implements LocalityWeighing {
    @Override
    public Weights of(Counts counts) {
      int weight = byZone.getOrDefault(counts.zone(), 0) * SCALE;
      if (weight == 0) {
        return new Weights(1, 0);
      }
      double effective = weight * counts.available(factor);
      return new Weights(
          weight, (int) Math.max(1, Math.round(effective / Math.max(1, counts.healthy()))));
    }
  }
}

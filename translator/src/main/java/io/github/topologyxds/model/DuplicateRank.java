package io.github.topologyxds.model;

import java.util.Comparator;

/**
 * Which of two endpoints with the same address stands, whoever brings them: one that is not
 * terminating, then a ready one, then one with hints, then that of the lowest name. The lowest rank
 * wins. Routing and planning ask the same, so that what is published is what is used.
 *
 * @param name of the object that holds it
 */
public record DuplicateRank(Readiness readiness, Hints hints, String name)
    implements Comparable<DuplicateRank> {
  private static final Comparator<DuplicateRank> BEST_FIRST =
      Comparator.comparing((DuplicateRank rank) -> rank.readiness().terminating())
          .thenComparing(rank -> !rank.readiness().ready())
          .thenComparing(rank -> rank.hints().isEmpty())
          .thenComparing(DuplicateRank::name);

  @Override
  public int compareTo(DuplicateRank other) {
    return BEST_FIRST.compare(this, other);
  }
}

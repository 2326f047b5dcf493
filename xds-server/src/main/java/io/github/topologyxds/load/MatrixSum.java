package io.github.topologyxds.load;

import java.util.SortedMap;
import java.util.TreeMap;

/** A matrix that is being summed up. Owner: whoever made it. */
final class MatrixSum {
  private final SortedMap<LoadMatrix.Cell, LoadCounts> cells = new TreeMap<>();

  void add(LoadKey key, LoadCounts counts) {
    cells.merge(
        new LoadMatrix.Cell(key.fromZone(), key.toZone(), key.priority()),
        counts,
        LoadCounts::plus);
  }

  long requests() {
    return cells.values().stream().mapToLong(LoadCounts::requests).sum();
  }

  LoadMatrix matrix(long seconds, long otherRequests) {
    return new LoadMatrix(seconds, cells, otherRequests);
  }
}

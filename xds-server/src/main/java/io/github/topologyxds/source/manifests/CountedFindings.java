package io.github.topologyxds.source.manifests;

import io.github.topologyxds.model.finding.Finding;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The findings that stand, each once however many say it. The same list is returned until they
 * differ, so that who compares it with the last one need not look through it. Owned by {@link
 * ObjectMerge}.
 */
final class CountedFindings {
  private final SortedMap<Finding, Integer> counts = new TreeMap<>();
  private @Nullable List<Finding> list = List.of();

  /** Somebody who said the former says the latter now. */
  void replace(List<Finding> before, List<Finding> now) {
    if (now.equals(before)) {
      return;
    }
    now.forEach(finding -> counts.merge(finding, 1, Integer::sum));
    before.forEach(
        finding -> counts.computeIfPresent(finding, (f, count) -> count == 1 ? null : count - 1));
    list = null;
  }

  /** Returns them, sorted. */
  List<Finding> list() {
    List<Finding> known = list;
    if (known == null) {
      known = List.copyOf(counts.keySet());
      list = known;
    }
    return known;
  }
}

package io.github.topologyxds.demo;

import io.github.topologyxds.demo.load.LoadResult;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What the clients of one phase saw, all zones together. */
record DemoRequests(long sent, long failed, String firstError) {
  static DemoRequests of(Collection<LoadResult> results) {
    Map<Integer, Long> bad = new TreeMap<>();
    for (LoadResult result : results) {
      result.byStatus().forEach((status, count) -> bad.merge(status, count, Long::sum));
    }
    bad.keySet().removeIf(status -> status >= 200 && status < 300);
    String error =
        results.stream()
            .map(LoadResult::firstError)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("by status: " + bad);
    return new DemoRequests(
        results.stream().mapToLong(LoadResult::total).sum(),
        results.stream().mapToLong(LoadResult::failed).sum(),
        error);
  }
}

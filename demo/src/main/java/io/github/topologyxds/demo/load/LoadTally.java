package io.github.topologyxds.demo.load;

import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The counts of one worker; belongs to its thread until that has ended. */
final class LoadTally {
  private final SortedMap<Integer, Long> byStatus = new TreeMap<>();
  private final SortedMap<String, Long> byBackend = new TreeMap<>();
  private long[] nanos = new long[1024];
  private int answered;
  private long unanswered;
  private String firstError = "";

  void answered(HttpConnection.Answer answer, long took) {
    byStatus.merge(answer.status(), 1L, Long::sum);
    byBackend.merge(answer.backend(), 1L, Long::sum);
    if (answered == nanos.length) {
      nanos = Arrays.copyOf(nanos, answered * 2);
    }
    nanos[answered++] = took;
  }

  void unanswered(Exception e) {
    unanswered++;
    if (firstError.isEmpty()) {
      firstError = String.valueOf(e.getMessage());
    }
  }

  static LoadResult sum(Collection<LoadTally> tallies) {
    SortedMap<Integer, Long> byStatus = new TreeMap<>();
    SortedMap<String, Long> byBackend = new TreeMap<>();
    for (LoadTally tally : tallies) {
      tally.byStatus.forEach((status, count) -> byStatus.merge(status, count, Long::sum));
      tally.byBackend.forEach((backend, count) -> byBackend.merge(backend, count, Long::sum));
    }
    long[] nanos =
        tallies.stream()
            .flatMapToLong(tally -> Arrays.stream(tally.nanos, 0, tally.answered))
            .toArray();
    long unanswered = tallies.stream().mapToLong(tally -> tally.unanswered).sum();
    String firstError =
        tallies.stream().map(t -> t.firstError).filter(e -> !e.isEmpty()).findFirst().orElse("");
    return new LoadResult(
        nanos.length + unanswered,
        byStatus,
        byBackend,
        unanswered,
        Latency.ofNanos(nanos),
        firstError);
  }
}

package io.github.topologyxds.demo.load;

import java.util.SortedMap;

/**
 * What became of the requests.
 *
 * @param total answered or not
 * @param byStatus answers by status code
 * @param byBackend answers by the header x-backend; "" where it is missing
 * @param unanswered requests that ended in an error of the connection or took too long
 * @param firstError what was wrong with the first unanswered one, "" when there is none
 */
public record LoadResult(
    long total,
    SortedMap<Integer, Long> byStatus,
    SortedMap<String, Long> byBackend,
    long unanswered,
    Latency latency,
    String firstError) {
  /** All that is not 2xx. */
  public long failed() {
    long good = byStatus.subMap(200, 300).values().stream().mapToLong(Long::longValue).sum();
    return total - good;
  }

  /** Answers with this status. */
  public long status(int code) {
    return byStatus.getOrDefault(code, 0L);
  }
}

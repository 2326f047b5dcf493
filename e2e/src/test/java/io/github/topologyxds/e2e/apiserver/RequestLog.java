package io.github.topologyxds.e2e.apiserver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All requests in the order in which they came in. Guarded by its own monitor, never for long. */
final class RequestLog {
  private final List<RecordedRequest> entries = new ArrayList<>();
  private int cleared;

  /** Takes a request down; the number is for {@link #answered}. */
  synchronized int arrived(Request request, String user) {
    entries.add(
        new RecordedRequest(
            request.verb(),
            request.method(),
            request.path(),
            request.query(),
            request.body(),
            user,
            request.header("User-Agent"),
            Instant.now(),
            0));
    return cleared + entries.size() - 1;
  }

  synchronized void answered(int number, int status) {
    int index = number - cleared;
    if (index >= 0) {
      entries.set(index, entries.get(index).answered(status));
    }
  }

  synchronized List<RecordedRequest> entries() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    cleared += entries.size();
    entries.clear();
  }
}

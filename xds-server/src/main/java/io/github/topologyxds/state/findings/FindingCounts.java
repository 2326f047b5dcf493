package io.github.topologyxds.state.findings;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many findings stand now, by reason. One thread writes; any thread reads. */
public final class FindingCounts {
  private final Map<Reason, LongAdder> byReason =
      Arrays.stream(Reason.values())
          .collect(Collectors.toUnmodifiableMap(reason -> reason, reason -> new LongAdder()));

  /** The findings about something are these now, and were those before. */
  public void replace(List<Finding> before, List<Finding> now) {
    if (!before.equals(now)) {
      before.forEach(finding -> add(finding, -1));
      now.forEach(finding -> add(finding, 1));
    }
  }

  private void add(Finding finding, int count) {
    LongAdder adder = byReason.get(finding.reason());
    if (adder != null) {
      adder.add(count);
    }
  }

  /** Returns how many findings with this reason stand. */
  public long of(Reason reason) {
    LongAdder adder = byReason.get(reason);
    return adder == null ? 0 : adder.sum();
  }
}

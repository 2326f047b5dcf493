package io.github.topologyxds.resources.ports;

import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many Services there are with a decision in force, by its reason. Any thread. */
final class DecisionCounts {
  private final Map<DecisionReason, LongAdder> services =
      Arrays.stream(DecisionReason.values())
          .collect(Collectors.toUnmodifiableMap(reason -> reason, reason -> new LongAdder()));

  void add(DecisionReason reason, int count) {
    LongAdder adder = services.get(reason);
    if (adder != null) {
      adder.add(count);
    }
  }

  long of(DecisionReason reason) {
    LongAdder adder = services.get(reason);
    return adder == null ? 0 : adder.sum();
  }
}

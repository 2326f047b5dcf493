package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.check.CheckLine.State;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be told of a cluster from its objects: zones and regions, Services by decision, hints,
 * skew, and how much crosses zones. What an API server or a running server tells besides is added
 * by {@link #with}.
 *
 * @param services how many there are
 */
public record Check(List<CheckLine> lines, int services) {
  public Check {
    lines = List.copyOf(lines);
  }

  /** Returns the same with more lines, which come first in their sections. */
  public Check with(List<CheckLine> more) {
    List<CheckLine> all = new ArrayList<>(more);
    all.addAll(lines);
    return new Check(all, services);
  }

  /** Returns how many lines have a state. */
  public long count(State state) {
    return lines.stream().filter(line -> line.state() == state).count();
  }
}

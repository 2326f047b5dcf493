package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.explanation.WhatIf;
import java.util.List;

/**
 * What a client gets of one port, and what would change that.
 *
 * @param outcomes of changes that have not happened, each for itself
 */
public record ExplainedPort(Explanation explanation, List<Outcome> outcomes) {
  public ExplainedPort {
    outcomes = List.copyOf(outcomes);
  }

  /** What the client would get after a change. */
  public record Outcome(WhatIf change, Explanation explanation) {}
}

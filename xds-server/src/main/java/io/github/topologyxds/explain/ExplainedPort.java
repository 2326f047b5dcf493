package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.explanation.WhatIf;
import java.util.List;
import java.util.Optional;

/**
 * What a client gets of one port, and what would change that.
 *
 * @param delivery how far it has got with a connected client; empty for one that is none, and under
 *     changes
 * @param outcomes of changes that have not happened, each for itself
 */
public record ExplainedPort(
    Explanation explanation, Optional<Delivery> delivery, List<Outcome> outcomes) {
  public ExplainedPort {
    outcomes = List.copyOf(outcomes);
  }

  /** What the client would get after a change. */
  public record Outcome(WhatIf change, Explanation explanation) {}
}

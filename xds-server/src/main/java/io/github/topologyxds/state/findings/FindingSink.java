package io.github.topologyxds.state.findings;

import io.github.topologyxds.model.finding.Finding;
import java.util.List;

/** Is told of findings when they appear, not while they stay. Must not block. */
@FunctionalInterface
public interface FindingSink {
  /** For who wants to hear of none. */
  FindingSink NOBODY = findings -> {};

  /** Hears of findings that nobody had before; must not block. */
  void appeared(List<Finding> findings);
}

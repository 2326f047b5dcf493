package io.github.topologyxds.state;

import io.github.topologyxds.model.finding.Finding;
import java.util.List;

/** One batch from a source, to be applied as a whole. */
public sealed interface StateChange {
  /**
   * Returns all that the source itself has found odd about its input (files, names, fields),
   * sorted; it replaces the findings of the batch before.
   */
  List<Finding> findings();

  /**
   * The complete state: what is not in it does not exist. A source's first batch with objects is
   * one, and so is what a source sends after it has lost track.
   *
   * @param objects sorted by key, each key once
   */
  record Everything(List<ModelObject> objects, List<Finding> findings) implements StateChange {
    public Everything {
      objects = List.copyOf(objects);
      findings = List.copyOf(findings);
    }
  }

  /**
   * A complete state of before this process, to be served until the source has one of its own;
   * nothing once it has.
   */
  record Restored(KeptState state, List<Finding> findings) implements StateChange {
    public Restored {
      findings = List.copyOf(findings);
    }
  }

  /**
   * What was restored is of another cluster: there is no complete state until the source has one of
   * its own; nothing once it has.
   */
  record Withdrawn() implements StateChange {
    @Override
    public List<Finding> findings() {
      return List.of();
    }
  }

  /**
   * What differs from the batches before.
   *
   * @param changes sorted by key, each key once; empty when only the findings differ
   */
  record Difference(List<ObjectChange> changes, List<Finding> findings) implements StateChange {
    public Difference {
      changes = List.copyOf(changes);
      findings = List.copyOf(findings);
    }
  }
}

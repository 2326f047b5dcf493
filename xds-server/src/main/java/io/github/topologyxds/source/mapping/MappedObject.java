package io.github.topologyxds.source.mapping;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.state.ModelObject;
import java.util.List;

/** What became of one Kubernetes object. */
public sealed interface MappedObject {
  /** Returns what is odd about the object, in the order of its fields. */
  List<Finding> findings();

  /** The object is used, perhaps without a part of it that a finding names. */
  record Accepted(ModelObject object, List<Finding> findings) implements MappedObject {
    public Accepted {
      findings = List.copyOf(findings);
    }
  }

  /** The object is not used at all; the findings say why. */
  record Refused(List<Finding> findings) implements MappedObject {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}

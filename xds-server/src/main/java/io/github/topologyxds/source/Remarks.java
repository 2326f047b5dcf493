package io.github.topologyxds.source;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Reason;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings about one object while it is mapped; lives on one thread's stack. */
final class Remarks {
  private final String object;
  private final List<Finding> findings = new ArrayList<>();

  Remarks(String object) {
    this.object = object;
  }

  void add(Reason reason, String message) {
    findings.add(Finding.of(reason, object, message));
  }

  /** {@code field} has a value that the API does not know; {@code instead} says what is done. */
  void addUnknownValue(String field, String value, String instead) {
    add(Reason.FIELD_VALUE, field + " is \"" + Finding.quote(value) + "\"; " + instead);
  }

  MappedObject.Refused refuse(Reason reason, String message) {
    add(reason, message);
    return new MappedObject.Refused(findings);
  }

  List<Finding> findings() {
    return findings;
  }
}

package io.github.topologyxds.source.mapping;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings about one object while it is mapped; lives on one thread's stack. */
public final class Remarks {
  private final ObjectReference object;
  private final Places places;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Begins without a finding.
   *
   * @param object what they are about, as in {@link Finding#object}
   * @param places where its fields stand
   */
  public Remarks(ObjectReference object, Places places) {
    this.object = object;
    this.places = places;
  }

  /** Adds what is odd about a field; an empty path is the object itself. */
  void add(Reason reason, String message, String... path) {
    String place = places.of(path);
    findings.add(Finding.of(reason, object, place.isEmpty() ? message : place + ": " + message));
  }

  /** A field has a value that the API does not know; {@code instead} says what is done. */
  void addUnknownValue(String value, String instead, String... path) {
    String message = field(path) + " is \"" + Finding.quote(value) + "\"; " + instead;
    add(Reason.FIELD_VALUE, message, path);
  }

  /**
   * Adds why the object is not used, and returns that it is not.
   *
   * @param path of the field that is to blame; empty for the object itself
   */
  public MappedObject.Refused refuse(Reason reason, String message, String... path) {
    add(reason, message, path);
    return new MappedObject.Refused(findings);
  }

  /** Returns what was found, in the order in which it was said. */
  public List<Finding> findings() {
    return findings;
  }

  /** Returns {@code spec.ports[1].protocol}. */
  static String field(String... path) {
    StringBuilder field = new StringBuilder();
    for (String step : path) {
      if (Character.isDigit(step.charAt(0))) {
        field.append('[').append(step).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(step);
      }
    }
    return field.toString();
  }
}

package io.github.topologyxds.source.manifests;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.state.ModelObject;
import java.util.List;
import java.util.SortedMap;

/**
 * What stands in one manifest.
 *
 * @param objects the usable objects in the order of the text; a key may stand twice
 * @param passedOver how many objects of each kind ({@code "apps/v1 Deployment"}) are not used
 */
public record ManifestContent(
    Outcome outcome,
    List<Located> objects,
    List<Finding> findings,
    SortedMap<String, Integer> passedOver) {
  private static final String STAYS = "; what was good before stays in force";

  public ManifestContent {
    objects = List.copyOf(objects);
    findings = List.copyOf(findings);
  }

  /**
   * Returns the same for a file of which something of before stays in force: its findings say so.
   */
  public ManifestContent staying() {
    List<Finding> said =
        findings.stream()
            .map(finding ->
                outcome == Outcome.UNUSABLE || finding.severity() == Severity.ERROR
                    ? finding.withMessage(finding.message() + STAYS)
                    : finding)
            .toList();
    return new ManifestContent(outcome, objects, said, passedOver);
  }

  /** How much of the text could be used. */
  public enum Outcome {
    /** All of it; what is not there is not meant to be there. */
    COMPLETE,
    /** An object was refused, so what is missing here may well be that object. */
    PARTIAL,
    /** Nothing: it is no YAML. */
    UNUSABLE
  }

  /**
   * An object and where it was found.
   *
   * @param place {@code file:line} where the object begins
   */
  public record Located(ModelObject object, String place) {}
}

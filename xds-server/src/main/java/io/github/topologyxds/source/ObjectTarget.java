package io.github.topologyxds.source;

import io.github.topologyxds.model.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a reader hands its objects to: routing and planning read different kinds. */
interface ObjectTarget {
  /** Returns the kind, if it is read; all others are passed over. */
  Optional<? extends ReadableKind> kind(String apiVersion, String kind);

  /**
   * Takes an object whose fields have the right names and types.
   *
   * @param place {@code file:line} where it begins
   */
  Verdict accept(ReadableKind kind, Written written, String place);

  /**
   * An object as it was read.
   *
   * @param tree with what the decoder does not look at, such as {@code status}
   * @param values binds to the kind's class without an error
   */
  record Written(ManifestNode.Mapping tree, Map<String, @Nullable Object> values) {}

  /** What was made of an object; not usable: it is left out, and a finding says why. */
  record Verdict(boolean usable, List<Finding> findings) {
    /** Returns the verdict with the place at the front of every message. */
    Verdict at(String place) {
      return new Verdict(
          usable,
          findings.stream()
              .map(finding ->
                  new Finding(
                      finding.reason(),
                      finding.severity(),
                      finding.object(),
                      finding.endpoint(),
                      place + ": " + finding.message()))
              .toList());
    }
  }
}

package io.github.topologyxds.source.manifests;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.source.mapping.Places;
import io.github.topologyxds.source.mapping.ReadableKind;
import io.github.topologyxds.source.yaml.ManifestNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who a reader hands its objects to: routing and planning read different kinds. */
public interface ObjectTarget {
  /** Returns the kinds that are read; all others are passed over. */
  List<ReadableKind> kinds();

  /** Takes an object whose fields have the right names and types. */
  Verdict accept(ReadableKind kind, Written written);

  /**
   * An object as it was read.
   *
   * @param tree with what the decoder does not look at, such as {@code status}
   * @param values binds to the kind's class without an error
   * @param places where its fields stand
   */
  record Written(ManifestNode.Mapping tree, Map<String, @Nullable Object> values, Places places) {}

  /** What was made of an object; not usable: it is left out, and a finding says why. */
  record Verdict(boolean usable, List<Finding> findings) {}
}

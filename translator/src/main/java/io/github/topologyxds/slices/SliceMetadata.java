package io.github.topologyxds.slices;

import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.LabelNames;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels and annotations that make a slice ours, and keep it so. */
public final class SliceMetadata {
  private SliceMetadata() {}

  /** Returns the labels that a slice of ours must have, on top of those that it has. */
  static SortedMap<String, String> labels(
      SortedMap<String, String> present, DesiredService service, PlannerSettings settings) {
    SortedMap<String, String> labels = new TreeMap<>(present);
    labels.put(LabelNames.MANAGED_BY, settings.managedBy());
    labels.put(LabelNames.SERVICE_NAME, service.name().name());
    if (service.is(DesiredService.Trait.HEADLESS)) {
      labels.put(LabelNames.HEADLESS, "");
    } else {
      labels.remove(LabelNames.HEADLESS); // kube-proxy would not watch it
    }
    return labels;
  }

  static SortedMap<String, String> annotations(
      SortedMap<String, String> present, PlannerSettings settings) {
    SortedMap<String, String> annotations = new TreeMap<>(present);
    annotations.put(AnnotationNames.INSTALLATION, settings.installation());
    return annotations;
  }
}

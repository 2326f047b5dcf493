package io.github.topologyxds.slices;

import java.util.SortedMap;
import java.util.TreeMap;

/** The labels and annotations that make a slice ours, and keep it so. */
public final class SliceMetadata {
  public static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";
  public static final String SERVICE_LABEL = "kubernetes.io/service-name";
  public static final String HEADLESS_LABEL = "service.kubernetes.io/headless";

  /**
   * The id of the installation that a slice is of: the label alone may be anybody's. It stays when
   * somebody takes that over.
   */
  public static final String INSTALLATION_ANNOTATION = "topology-xds.io/installation";

  private SliceMetadata() {}

  /** Returns the labels that a slice of ours must have, on top of those that it has. */
  static SortedMap<String, String> labels(
      SortedMap<String, String> present, DesiredService service, PlannerSettings settings) {
    SortedMap<String, String> labels = new TreeMap<>(present);
    labels.put(MANAGED_BY_LABEL, settings.managedBy());
    labels.put(SERVICE_LABEL, service.name().name());
    if (service.traits().headless()) {
      labels.put(HEADLESS_LABEL, "");
    } else {
      labels.remove(HEADLESS_LABEL); // kube-proxy would not watch it
    }
    return labels;
  }

  static SortedMap<String, String> annotations(
      SortedMap<String, String> present, PlannerSettings settings) {
    SortedMap<String, String> annotations = new TreeMap<>(present);
    annotations.put(INSTALLATION_ANNOTATION, settings.installation());
    return annotations;
  }
}

package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.slices.ObservedSlice;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.SliceMetadata;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Two installations with one managed-by would delete each other's slices. */
final class Installations {
  private Installations() {}

  /** Returns the first slice under our managed-by that says it is another installation's. */
  static Optional<ObservedSlice> foreign(
      Collection<ObservedSlice> slices, PlannerSettings settings) {
    return slices.stream()
        .filter(slice -> slice.managedBy().equals(settings.managedBy()))
        .filter(slice -> !idOf(slice).isEmpty() && !idOf(slice).equals(settings.installation()))
        .min(Comparator.comparing(ObservedSlice::name));
  }

  /** Returns one line for people. */
  static String explain(ObservedSlice slice, PlannerSettings settings) {
    return "EndpointSlice "
        + slice.name()
        + " has our managed-by \""
        + settings.managedBy()
        + "\", but is of the installation \""
        + Finding.quote(idOf(slice))
        + "\", and this one is \""
        + settings.installation()
        + "\": give each a --managed-by of its own, or this one the --lease-namespace and"
        + " --lease-name of the other if they are the same";
  }

  private static String idOf(ObservedSlice slice) {
    return slice.annotations().getOrDefault(SliceMetadata.INSTALLATION_ANNOTATION, "");
  }
}

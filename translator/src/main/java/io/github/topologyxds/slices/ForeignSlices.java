package io.github.topologyxds.slices;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Slices with our label that are not ours. They are left alone, and told of once for all of them:
 * whoever may write slices could otherwise fill the log with them.
 */
public final class ForeignSlices {
  private final PlannerSettings settings;

  /** The foreign slices of one installation. */
  public ForeignSlices(PlannerSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns a finding for each way in which they are not ours: the first by name, and how many.
   *
   * @param slices with our label and not ours ({@link SliceClaim#isForeign()}), in any order
   */
  public List<Finding> findings(Collection<ObservedSlice> slices) {
    List<Finding> findings = new ArrayList<>();
    List<ObservedSlice> unclaimed = slices.stream().filter(this::isUnclaimed).toList();
    first(unclaimed).ifPresent(slice -> findings.add(unclaimed(slice, unclaimed.size())));
    List<ObservedSlice> others = slices.stream().filter(s -> !isUnclaimed(s)).toList();
    first(others).ifPresent(slice -> findings.add(ofAnother(slice, others.size())));
    return findings;
  }

  private boolean isUnclaimed(ObservedSlice slice) {
    return slice.installation().isEmpty() || slice.installation().equals(settings.installation());
  }

  private static Optional<ObservedSlice> first(Collection<ObservedSlice> slices) {
    return slices.stream().min(Comparator.comparing(ObservedSlice::name));
  }

  private Finding unclaimed(ObservedSlice first, int number) {
    String lacks =
        first.installation().isEmpty()
            ? "lacks the annotation " + AnnotationNames.INSTALLATION
            : "has no Service as its owner";
    return Finding.of(
        Reason.SLICE_UNCLAIMED,
        ObjectKey.slice(first.name()),
        "it has our managed-by \""
            + settings.managedBy()
            + "\" but "
            + lacks
            + ", so it is not ours and left alone"
            + counted(number)
            + "; take the label off it, delete it, or give this server a --managed-by of its own");
  }

  private Finding ofAnother(ObservedSlice first, int number) {
    String id = Finding.quote(first.installation());
    return Finding.of(
        Reason.SLICE_OF_ANOTHER_INSTALLATION,
        ObjectKey.slice(first.name()),
        "it has our managed-by \""
            + settings.managedBy()
            + "\" but is of the installation \""
            + id
            + "\", and this one is \""
            + settings.installation()
            + "\": left alone"
            + counted(number)
            + "; if that one is no more: `topology-xds slices adopt --from "
            + id
            + "` or `slices prune --from "
            + id
            + "`, else give each a --managed-by of its own");
  }

  private static String counted(int number) {
    return number == 1 ? "" : ", the first of " + number;
  }
}

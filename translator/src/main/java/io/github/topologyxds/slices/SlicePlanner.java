package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.hints.HintDecision;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PortSet;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the slices that a Service ought to have from us with those that it has. */
public final class SlicePlanner {
  private final PlannerSettings settings;

  /** A planner for one installation; it keeps no state. */
  public SlicePlanner(PlannerSettings settings) {
    this.settings = settings;
  }

  /** Returns what to write; applied, and planned again, the plan is empty. */
  public ServicePlan plan(PlanningInput input) {
    List<Finding> findings = new ArrayList<>();
    if (input.service().is(DesiredService.Trait.DELETING)) {
      // The garbage collector takes the slices with their owner; a new one would outlive it.
      return finish(new Changes(List.of()), new Notes(findings, DesiredAddresses.NONE));
    }
    Sorted sorted = new Sorted(input, findings);
    OthersSlices others = new OthersSlices(sorted.theirs);
    DesiredEndpoints desired = desired(input, others, findings);
    HintPolicy hints = new HintPolicy(input, others, findings);
    Notes notes = new Notes(findings, DesiredAddresses.of(desired));
    Changes changes = new Changes(sorted.strays);
    for (Family family : Family.values()) {
      SlicePacker.Packed packed =
          SlicePacker.pack(desired.of(family), sorted.ours(family), settings.maxEndpoints());
      notes.hints.put(family, hints.apply(family, packed.slices()));
      changes.delete.addAll(packed.delete());
      for (WorkingSlice slice : packed.slices()) {
        ServicePlan.Content content = content(input.service(), family, slice);
        ObservedSlice observed = slice.observed();
        if (observed == null) {
          changes.create.add(content);
        } else if (!sameContent(observed, content)) {
          changes.update.add(new ServicePlan.Update(observed.identity(), content));
        }
      }
    }
    return finish(changes, notes);
  }

  private DesiredEndpoints desired(
      PlanningInput input, OthersSlices others, List<Finding> findings) {
    DesiredService service = input.service();
    DesiredEndpoints desired = new DesiredEndpoints(service, others, findings);
    if (service.is(DesiredService.Trait.EXTERNAL)) {
      return desired;
    }
    EndpointPlaces places = new EndpointPlaces(input.nodes().zoneByName(), findings);
    new WorkloadEndpoints(service, places, findings)
        .addTo(desired, input.workloads(), settings.allowed());
    LegacyEndpoints endpoints = input.endpoints();
    if (service.is(DesiredService.Trait.MIRRORED) && endpoints != null) {
      new MirroredEndpoints(service, places, findings).addTo(desired, endpoints);
    }
    return desired.settle();
  }

  private ServicePlan.Content content(DesiredService service, Family family, WorkingSlice slice) {
    @Nullable ObservedSlice observed = slice.observed();
    SortedMap<String, String> labels =
        observed == null ? Collections.emptySortedMap() : observed.labels();
    SortedMap<String, String> annotations =
        observed == null ? Collections.emptySortedMap() : observed.annotations();
    return new ServicePlan.Content(
        service.name(),
        service.uid(),
        SliceMetadata.labels(labels, service, settings),
        SliceMetadata.annotations(annotations, settings),
        family,
        slice.ports().ports(),
        slice.endpoints());
  }

  /** The order of ports means nothing; that of endpoints is kept, so that it can be compared. */
  private static boolean sameContent(ObservedSlice observed, ServicePlan.Content content) {
    return observed.labels().equals(content.labels())
        && observed.annotations().equals(content.annotations())
        && new PortSet(observed.ports()).ports().equals(content.ports())
        && observed.endpoints().equals(content.endpoints());
  }

  /**
   * Returns what must go although nothing is repaired: endpoints that an earlier plan wanted and
   * this one does not, or not as ready. What others wrote into slices of ours stays as it is.
   *
   * @param before what was published when all was well
   * @param plan of the same input
   */
  public ServicePlan withdrawal(PlanningInput input, DesiredAddresses before, ServicePlan plan) {
    Changes changes = new Changes(List.of());
    for (ObservedSlice slice : new Sorted(input, new ArrayList<>()).ours) {
      List<PublishedEndpoint> kept = plan.desired().keep(slice, before);
      if (kept.isEmpty() && !slice.endpoints().isEmpty()) {
        changes.delete.add(slice);
      } else if (!kept.equals(slice.endpoints())) {
        OthersSlices.familyOf(slice.addressType())
            .map(family -> asItStands(input.service(), family, slice, kept))
            .ifPresent(
                content -> changes.update.add(new ServicePlan.Update(slice.identity(), content)));
      }
    }
    return finish(changes, new Notes(plan.findings(), plan.desired()));
  }

  private static ServicePlan.Content asItStands(
      DesiredService service, Family family, ObservedSlice slice, List<PublishedEndpoint> kept) {
    return new ServicePlan.Content(
        service.name(),
        service.uid(),
        slice.labels(),
        slice.annotations(),
        family,
        slice.ports(),
        kept);
  }

  private static ServicePlan finish(Changes changes, Notes notes) {
    changes.update.sort(Comparator.comparing(change -> change.slice().name()));
    List<ObservedSlice.Identity> deletions =
        changes.delete.stream()
            .map(ObservedSlice::identity)
            .sorted(Comparator.comparing(ObservedSlice.Identity::name))
            .toList();
    return new ServicePlan(
        changes.create,
        changes.update,
        deletions,
        List.copyOf(new TreeSet<>(notes.findings)),
        notes.hints,
        notes.desired);
  }

  /** What is to be written, in the making. */
  private static final class Changes {
    private final List<ServicePlan.Content> create = new ArrayList<>();
    private final List<ServicePlan.Update> update = new ArrayList<>();
    private final List<ObservedSlice> delete;

    Changes(List<ObservedSlice> delete) {
      this.delete = new ArrayList<>(delete);
    }
  }

  /** What is told about a plan beside what it writes. */
  private static final class Notes {
    private final List<Finding> findings;
    private final DesiredAddresses desired;
    private final SortedMap<Family, HintDecision> hints = new TreeMap<>();

    Notes(List<Finding> findings, DesiredAddresses desired) {
      this.findings = findings;
      this.desired = desired;
    }
  }

  /** Whose slices are whose. */
  private final class Sorted {
    /** Those that this very Service owns. */
    private final List<ObservedSlice> ours = new ArrayList<>();

    /** Of a Service of another uid: one that was deleted and made again under the same name. */
    private final List<ObservedSlice> strays = new ArrayList<>();

    /**
     * Read, and never written: foreign slices under our label, too, as kube-proxy reads them all.
     */
    private final List<ObservedSlice> theirs = new ArrayList<>();

    Sorted(PlanningInput input, List<Finding> findings) {
      List<ObservedSlice> slices = new ArrayList<>(input.slices());
      slices.sort(Comparator.comparing(ObservedSlice::name));
      for (ObservedSlice slice : slices) {
        switch (SliceClaim.of(slice, settings, input.memory().known())) {
          case OURS -> (isOf(slice, input.service()) ? ours : strays).add(slice);
          case TAKEN_OVER -> findings.add(takenOver(slice));
          case UNCLAIMED, OF_ANOTHER_INSTALLATION, OF_ANOTHER_MANAGER -> theirs.add(slice);
        }
      }
    }

    private static boolean isOf(ObservedSlice slice, DesiredService service) {
      ObservedSlice.Owner owner = slice.owner();
      return owner != null
          && owner.uid().equals(service.uid())
          && OthersSlices.familyOf(slice.addressType()).isPresent();
    }

    List<ObservedSlice> ours(Family family) {
      return ours.stream()
          .filter(
              slice -> OthersSlices.familyOf(slice.addressType()).stream().anyMatch(family::equals))
          .toList();
    }
  }

  private static Finding takenOver(ObservedSlice slice) {
    return Finding.of(
        Reason.SLICE_TAKEN_OVER,
        ObjectKey.slice(slice.name()),
        "its managed-by label is \""
            + Finding.quote(slice.managedBy())
            + "\" now; it is left alone, and a new slice takes its place. If that was our --managed-by"
            + " before, `topology-xds slices prune --managed-by "
            + Finding.quote(slice.managedBy())
            + "` deletes it");
  }
}

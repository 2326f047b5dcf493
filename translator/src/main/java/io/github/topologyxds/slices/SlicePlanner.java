package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Reason;
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

  public SlicePlanner(PlannerSettings settings) {
    this.settings = settings;
  }

  /** Returns what to write; applied, and planned again, the plan is empty. */
  public ServicePlan plan(PlanningInput input) {
    List<Finding> findings = new ArrayList<>();
    if (input.service().traits().deleting()) {
      // The garbage collector takes the slices with their owner; a new one would outlive it.
      return finish(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new Notes(findings));
    }
    Sorted sorted = new Sorted(input, findings);
    OthersSlices others = new OthersSlices(sorted.theirs);
    DesiredEndpoints desired = desired(input, others, findings);
    HintPolicy hints = new HintPolicy(input, others, findings);
    Notes notes = new Notes(findings);
    List<ServicePlan.Content> create = new ArrayList<>();
    List<ServicePlan.Update> update = new ArrayList<>();
    List<ObservedSlice> delete = new ArrayList<>(sorted.strays);
    for (Family family : Family.values()) {
      SlicePacker.Packed packed =
          SlicePacker.pack(desired.of(family), sorted.ours(family), settings.maxEndpoints());
      notes.hints.put(family, hints.apply(family, packed.slices()));
      delete.addAll(packed.delete());
      for (WorkingSlice slice : packed.slices()) {
        ServicePlan.Content content = content(input.service(), family, slice);
        ObservedSlice observed = slice.observed();
        if (observed == null) {
          create.add(content);
        } else if (!sameContent(observed, content)) {
          update.add(new ServicePlan.Update(observed.identity(), content));
        }
      }
    }
    return finish(create, update, delete, notes);
  }

  private DesiredEndpoints desired(
      PlanningInput input, OthersSlices others, List<Finding> findings) {
    PlannedService service = input.service();
    DesiredEndpoints desired = new DesiredEndpoints(service, others, findings);
    if (service.traits().external()) {
      return desired;
    }
    EndpointPlaces places = new EndpointPlaces(input.nodes().zoneByName(), findings);
    new WorkloadEndpoints(service, places, findings)
        .addTo(desired, input.workloads(), settings.allowed());
    LegacyEndpoints endpoints = input.endpoints();
    if (service.traits().mirror() && endpoints != null) {
      new MirroredEndpoints(service, places, findings).addTo(desired, endpoints);
    }
    return desired;
  }

  private ServicePlan.Content content(PlannedService service, Family family, WorkingSlice slice) {
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

  private static ServicePlan finish(
      List<ServicePlan.Content> create,
      List<ServicePlan.Update> update,
      List<ObservedSlice> delete,
      Notes notes) {
    update.sort(Comparator.comparing(change -> change.slice().name()));
    List<ObservedSlice.Identity> deletions =
        delete.stream()
            .map(ObservedSlice::identity)
            .sorted(Comparator.comparing(ObservedSlice.Identity::name))
            .toList();
    return new ServicePlan(
        create, update, deletions, List.copyOf(new TreeSet<>(notes.findings)), notes.hints);
  }

  /** What is told about a plan beside what it writes. */
  private static final class Notes {
    private final List<Finding> findings;
    private final SortedMap<Family, HintDecision> hints = new TreeMap<>();

    Notes(List<Finding> findings) {
      this.findings = findings;
    }
  }

  /** Whose slices are whose. Ours are those with our label whose owner is this very Service. */
  private final class Sorted {
    private final List<ObservedSlice> ours = new ArrayList<>();

    /** Our label, but a Service of another uid (one that was deleted and made again) or none. */
    private final List<ObservedSlice> strays = new ArrayList<>();

    private final List<ObservedSlice> theirs = new ArrayList<>();

    Sorted(PlanningInput input, List<Finding> findings) {
      List<ObservedSlice> slices = new ArrayList<>(input.slices());
      slices.sort(Comparator.comparing(ObservedSlice::name));
      for (ObservedSlice slice : slices) {
        ObservedSlice.Owner owner = slice.owner();
        if (slice.managedBy().equals(settings.managedBy())) {
          boolean owned =
              owner != null
                  && owner.uid().equals(input.service().uid())
                  && OthersSlices.familyOf(slice.addressType()).isPresent();
          (owned ? ours : strays).add(slice);
        } else if (slice.annotations().containsKey(SliceMetadata.INSTALLATION_ANNOTATION)) {
          findings.add(takenOver(slice));
        } else {
          theirs.add(slice);
        }
      }
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
        "EndpointSlice " + slice.name(),
        "its managed-by label is \""
            + Finding.quote(slice.managedBy())
            + "\" now; it is left alone, and a new slice takes its place");
  }
}

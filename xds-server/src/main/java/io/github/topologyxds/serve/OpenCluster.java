package io.github.topologyxds.serve;

import io.github.topologyxds.demand.CountedClients;
import io.github.topologyxds.demand.DemandKeeper;
import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.cluster.Right;
import io.github.topologyxds.explain.cluster.RightsCheck;
import io.github.topologyxds.kubernetes.ApiSigningKeys;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.kubernetes.events.ObjectEvents;
import io.github.topologyxds.shiftstatus.ShiftStatusWriter;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.SliceWriter;
import io.github.topologyxds.slices.writer.WriterSettings;
import io.github.topologyxds.source.kubernetes.ClusterUid;
import io.github.topologyxds.source.kubernetes.KubernetesSource;
import io.github.topologyxds.source.snapshot.Origin;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateSink;
import io.github.topologyxds.state.findings.FindingSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A cluster that can be reached, as far as its settings tell. */
record OpenCluster(KubernetesAccess access, SourceSettings.Cluster settings, ObjectEvents events)
    implements OpenSource {
  @Override
  public FindingSink findings() {
    return events;
  }

  @Override
  public Origin origin() {
    String scope = settings.namespaces().stream().sorted().toList().toString();
    return new Origin(
        "cluster " + access.identity() + "\n" + scope, () -> ClusterUid.read(access.api()));
  }

  @Override
  public List<CheckLine> rights() {
    List<Right> needed = new ArrayList<>(Right.toFollow(settings.namespaces()));
    needed.add(Right.toTell());
    if (settings.slices() != null) {
      needed.addAll(Right.toWriteSlices());
    }
    if (settings.counted() instanceof CountedClients.OfAllReplicas replicas) {
      needed.add(Right.toShareDemand(replicas.namespace()));
    }
    try {
      return new RightsCheck(access.writes(), RightsCheck.Who.SERVER).lines(needed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Override
  public Tokens tokens(String audience) {
    ApiSigningKeys api = new ApiSigningKeys(access.api(), audience);
    return new Tokens(api, api);
  }

  @Override
  public SourceHealth follow(StateSink sink, Consumer<AutoCloseable> parts) {
    KubernetesSource source = KubernetesSource.start(access, settings.namespaces(), sink);
    parts.accept(source);
    return source;
  }

  @Override
  public void followDemand(DemandKeeper.Surroundings demand, Consumer<AutoCloseable> parts) {
    switch (settings.counted()) {
      case CountedClients.Nobodys nobodys -> {}
      case CountedClients.Own own -> parts.accept(DemandKeeper.alone(demand));
      case CountedClients.OfAllReplicas replicas ->
          parts.accept(DemandKeeper.shared(demand, access.writes(), replicas));
    }
  }

  @Override
  public Optional<Writing> write(Consumer<AutoCloseable> parts) {
    WriterSettings slices = settings.slices();
    if (slices == null) {
      return Optional.empty();
    }
    SliceWriter writer =
        SliceWriter.start(
            slices, new SliceWriter.Surroundings(access.writes(), events, System::nanoTime));
    parts.accept(writer);
    KubernetesSource planning =
        KubernetesSource.startPlanning(access, settings.namespaces(), writer);
    parts.accept(planning);
    return Optional.of(new Writing(writer.metrics(), writer.troubles(planning), planning));
  }

  @Override
  public void reportShifts(ShiftStatusWriter.Shifts shifts, Consumer<AutoCloseable> parts) {
    LeaseName lease = settings.statusLease();
    if (lease != null) {
      parts.accept(ShiftStatusWriter.start(access.writes(), lease, shifts));
    }
  }
}

package io.github.topologyxds.serve;

import io.github.topologyxds.demand.CountedClients;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the cluster's objects come from. */
public sealed interface SourceSettings {
  /** A folder of manifests. */
  record Folder(Path folder) implements SourceSettings {}

  /**
   * A live cluster.
   *
   * @param kubeconfig null: as kubectl finds it, else the Pod's service account
   * @param context of the kubeconfig; null: its current one
   * @param namespaces whose Services are served; empty: all
   * @param slices how EndpointSlices of our own are written; null: not at all
   * @param counted whose clients tell the demand
   * @param statusLease which Lease says who writes the status of ZonalShifts; null: nobody does
   */
  record Cluster(
      @Nullable Path kubeconfig,
      @Nullable String context,
      List<String> namespaces,
      @Nullable WriterSettings slices,
      CountedClients counted,
      @Nullable LeaseName statusLease)
      implements SourceSettings {
    public Cluster {
      namespaces = List.copyOf(namespaces);
    }

    /** One that only reads. */
    public Cluster(@Nullable Path kubeconfig, @Nullable String context, List<String> namespaces) {
      this(kubeconfig, context, namespaces, null, new CountedClients.Nobodys(), null);
    }

    /** Returns the same with EndpointSlices of our own. */
    public Cluster withSlices(WriterSettings writer) {
      return new Cluster(kubeconfig, context, namespaces, writer, counted, statusLease);
    }

    /** Returns the same with the demand that these clients tell. */
    public Cluster withDemand(CountedClients clients) {
      return new Cluster(kubeconfig, context, namespaces, slices, clients, statusLease);
    }

    /** Returns the same with the status of ZonalShifts written by who holds this Lease. */
    public Cluster withStatus(LeaseName lease) {
      return new Cluster(kubeconfig, context, namespaces, slices, counted, lease);
    }
  }
}

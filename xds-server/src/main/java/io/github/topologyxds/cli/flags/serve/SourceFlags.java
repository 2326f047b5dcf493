package io.github.topologyxds.cli.flags.serve;

import io.github.topologyxds.cli.flags.ClusterAccessFlags;
import io.github.topologyxds.cli.values.InputPath;
import io.github.topologyxds.cli.values.NamespaceName;
import io.github.topologyxds.cli.values.PodNamespace;
import io.github.topologyxds.demand.CountedClients;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.shiftstatus.ShiftStatusWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where {@code serve} reads the cluster from: a folder, or a live cluster. */
public final class SourceFlags {
  @Option(
      names = "--files",
      converter = InputPath.class,
      required = true,
      paramLabel = "DIR",
      description = "Folder of Kubernetes YAML or JSON; its changes are followed.")
  private @Nullable Path files;

  @ArgGroup(exclusive = false)
  private @Nullable ClusterFlags cluster;

  /** Only together with {@code --kubernetes}. */
  static final class ClusterFlags {
    @Option(
        names = "--kubernetes",
        required = true,
        description = "Follow a live cluster: its Services, EndpointSlices, Nodes, Namespaces.")
    private boolean kubernetes;

    @ArgGroup(exclusive = false)
    private ClusterAccessFlags access = new ClusterAccessFlags();

    @Option(
        names = "--namespaces",
        converter = NamespaceName.class,
        split = ",",
        paramLabel = "NS",
        description = "Serve only these namespaces' Services, comma separated (default: all).")
    private @Nullable List<String> namespaces;

    @Option(
        names = "--demand",
        converter = DemandOption.class,
        completionCandidates = DemandOption.class,
        paramLabel = "D",
        description =
            "What tells the demand for balance fair: nodes (their CPU), own (the clients of this"
                + " server, the only one), shared (those of all replicas, by Leases) (default:"
                + " nodes).")
    private CountedClients demand = new CountedClients.Nobodys();

    @ArgGroup(exclusive = false)
    private @Nullable SliceFlags slices;
  }

  /** Whether objects come from a Kubernetes API, not from files. */
  public boolean isCluster() {
    return cluster != null && cluster.kubernetes;
  }

  /** Returns where objects come from. */
  public SourceSettings settings() {
    if (cluster != null && cluster.kubernetes) {
      return new SourceSettings.Cluster(
          cluster.access.kubeconfig(),
          cluster.access.context(),
          Objects.requireNonNullElse(cluster.namespaces, List.of()),
          cluster.slices == null ? null : cluster.slices.settings(),
          cluster.demand,
          PodNamespace.ofThisPod().map(ShiftStatusWriter::lease).orElse(null));
    }
    return new SourceSettings.Folder(Objects.requireNonNull(files, "one of the two is required"));
  }
}

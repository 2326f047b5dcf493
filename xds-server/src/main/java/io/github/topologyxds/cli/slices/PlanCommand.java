package io.github.topologyxds.cli.slices;

import io.github.topologyxds.cli.flags.DocumentFlags;
import io.github.topologyxds.cli.flags.ManifestFlags;
import io.github.topologyxds.cli.flags.PlannerFlags;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.ClusterPlanner;
import io.github.topologyxds.slices.kubernetes.PlanDocument;
import io.github.topologyxds.source.files.PlanningManifests;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topology-xds plan}: which EndpointSlices of ours would be written, without a cluster. */
@Command(
    name = "plan",
    description = {
      "Prints which EndpointSlices topology-xds would create, update and delete, from files alone:"
          + " endpoints for ExternalWorkloads and for mirrored Endpoints, with zone and hints beside"
          + " those of other managers. Nothing is written.",
      "Slices of other managers are read and never part of a plan. Apply a plan, and the next one is"
          + " empty."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds plan -f manifests/",
      "  kubectl get svc,ep,endpointslices,externalworkloads -A -o yaml > all.yaml",
      "  kubectl get nodes -o yaml > nodes.yaml",
      "  topology-xds plan -f all.yaml nodes.yaml --external-workload-cidrs 10.20.0.0/16 -o yaml",
      "",
      "Slices of ours are those with the server's --managed-by, --lease-namespace and --lease-name:",
      "give here what is given there."
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ManifestFlags manifests = new ManifestFlags();

  @Mixin private PlannerFlags planner = new PlannerFlags();

  @Mixin private DocumentFlags document = new DocumentFlags();

  @Override
  public Integer call() {
    PlanningManifests.Loaded loaded = manifests.planning();
    ClusterPlanner clusterPlanner = new ClusterPlanner(planner.settings(AllowedAddresses.ALL));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        new PlanDocument(document.mapper())
            .write(clusterPlanner.plan(loaded.world()), loaded.findings()));
    out.flush();
    return 0;
  }
}

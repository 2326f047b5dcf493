package io.github.topologyxds.cli;

import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.source.SourceException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command that runs once reaches the cluster. */
final class ClusterAccessFlags {
  @Option(
      names = "--kubeconfig",
      converter = InputPath.class,
      paramLabel = "F",
      description = "How to reach the cluster (default: KUBECONFIG, ~/.kube/config).")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "C",
      description = "Context of the kubeconfig (default: its current one).")
  private @Nullable String context;

  KubernetesAccess open() throws SourceException {
    return KubernetesAccess.open(kubeconfig, context);
  }
}

package io.github.topologyxds.serve;

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
   */
  record Cluster(@Nullable Path kubeconfig, @Nullable String context, List<String> namespaces)
      implements SourceSettings {
    public Cluster {
      namespaces = List.copyOf(namespaces);
    }
  }
}

package io.github.topologyxds.cli.flags;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -n} of a command about the whole cluster: the server's namespace. */
public final class ServerNamespaceFlag {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace of the server's replicas, as --server-namespace.")
  private @Nullable String namespace;

  /** Returns where the replicas are: there and nowhere else, if it is given. */
  public ReplicaFlags.Hint hint() {
    return namespace == null
        ? ReplicaFlags.Hint.NONE
        : new ReplicaFlags.Hint(namespace, ReplicaFlags.Hint.Force.ONLY_THERE);
  }
}

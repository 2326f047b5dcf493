package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.replicas.AllReplicas;
import io.github.topologyxds.cli.replicas.ReplicaPods;
import io.github.topologyxds.cli.replicas.ReplicaPods.Labelled;
import io.github.topologyxds.cli.replicas.ReplicaSearch;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.kubernetes.PodSearch;
import io.github.topologyxds.kubernetes.PodSearch.Found;
import io.github.topologyxds.state.SourceException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Deployment's replicas a command asks where it is told of no files and no address. */
final class ReplicaFlags {
  /** The namespace of deploy/ and of docs/install.md. */
  private static final String USUAL_NAMESPACE = "topology-xds";

  @Option(
      names = "--server-namespace",
      defaultValue = "",
      paramLabel = "NS",
      description =
          "The namespace of the server's replicas (default: of -n, the kubeconfig's context and"
              + " topology-xds the first that has any, else any).")
  private String namespace = "";

  @Option(
      names = {"-l", "--selector"},
      defaultValue =
          "app.kubernetes.io/name=topology-xds,app.kubernetes.io/component=control-plane",
      paramLabel = "LABELS",
      description = "Labels of the replicas (default: ${DEFAULT-VALUE}).")
  private String selector = "";

  @Option(
      names = "--api-port",
      defaultValue = "18002",
      paramLabel = "PORT",
      description = "The replicas' port of serve --api (default: ${DEFAULT-VALUE}).")
  private int port;

  @Mixin private ClusterAccessFlags cluster = new ClusterAccessFlags();

  /** Returns how the cluster is reached. */
  ClusterAccessFlags cluster() {
    return cluster;
  }

  /**
   * What the command says of the place besides.
   *
   * @param namespace {@code -n}; ""
   */
  record Hint(String namespace, Force force) {
    /** Nothing. */
    static final Hint NONE = new Hint("", Force.FIRST_THERE);

    /** How much it counts. */
    enum Force {
      /** The replicas are there, or they are not found. */
      ONLY_THERE,
      /** It is looked there first. */
      FIRST_THERE
    }
  }

  /**
   * Finds the replicas and opens a way to each that is ready.
   *
   * @param warnings takes lines for the user
   * @throws CommandFailure when there is no cluster, no replica, or no right to see them
   */
  AllReplicas open(Hint hint, Consumer<String> warnings) {
    try {
      return replicas(cluster.open(), hint, warnings);
    } catch (SourceException e) {
      throw new CommandFailure(
          "without -f and --admin the cluster's replicas are asked, and " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  private AllReplicas replicas(KubernetesAccess access, Hint hint, Consumer<String> warnings)
      throws InterruptedException {
    List<Found> found;
    try {
      found = find(access, hint);
    } catch (CommandFailure | InterruptedException e) {
      access.close();
      throw e;
    }
    Labelled replicas = new Labelled(found.getFirst().namespace(), selector);
    return AllReplicas.of(new ReplicaPods(access, replicas, port), found, warnings);
  }

  private List<Found> find(KubernetesAccess access, Hint hint) throws InterruptedException {
    ReplicaSearch search = new ReplicaSearch(new PodSearch(access.api()), selector);
    if (!namespace.isEmpty()) {
      return search.in(namespace);
    }
    return switch (hint.force()) {
      case ONLY_THERE -> search.in(hint.namespace());
      case FIRST_THERE ->
          search.inFirstOf(
              Stream.of(hint.namespace(), access.namespace(), USUAL_NAMESPACE)
                  .filter(name -> !name.isEmpty())
                  .distinct()
                  .toList());
    };
  }
}

package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.kubernetes.PodSearch;
import io.github.topologyxds.kubernetes.PodSearch.Found;
import java.util.List;

/**
 * The Pods of a Deployment in one namespace, as they are whenever somebody looks, and the way to
 * each. It needs {@code list} on {@code pods} however often one looks; a watch would need one right
 * more.
 */
public final class ReplicaPods implements AutoCloseable {
  private final KubernetesAccess access;
  private final Labelled labelled;
  private final int port;

  /**
   * Which Pods they are.
   *
   * @param selector as {@code kubectl -l} takes it
   */
  public record Labelled(String namespace, String selector) {}

  /**
   * Knows the way to the cluster, which is closed with it.
   *
   * @param port of the API in each Pod
   */
  public ReplicaPods(KubernetesAccess access, Labelled labelled, int port) {
    this.access = access;
    this.labelled = labelled;
    this.port = port;
  }

  /**
   * Returns the Pods that there are now, sorted by name.
   *
   * @throws CommandFailure when they cannot be listed
   */
  List<Found> find() throws InterruptedException {
    try {
      return new PodSearch(access.api()).find(labelled.namespace(), labelled.selector());
    } catch (ApiFailure e) {
      throw new CommandFailure("the API server " + e.getMessage(), e);
    }
  }

  /**
   * Opens the way to a Pod's API, which the caller closes; asks nobody yet.
   *
   * @throws CommandFailure when there is no credential to show
   */
  Replica open(Found pod) throws InterruptedException {
    try {
      return new Replica(pod.toString(), port, access.tunnel(pod.namespace(), pod.name(), port));
    } catch (ApiFailure e) {
      throw new CommandFailure("the API server " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    access.close();
  }
}

package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.PodSearch;
import io.github.topologyxds.kubernetes.PodSearch.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the replicas of the server in a cluster, with no more rights than it takes. */
public final class ReplicaSearch {
  private final PodSearch pods;
  private final String selector;

  /** Looks for Pods that a selector fits. */
  public ReplicaSearch(PodSearch pods, String selector) {
    this.pods = pods;
    this.selector = selector;
  }

  /**
   * Returns the Pods in a namespace, at least one.
   *
   * @throws CommandFailure when there is none, or they cannot be listed
   */
  public List<Found> in(String namespace) throws InterruptedException {
    try {
      List<Found> found = pods.find(namespace, selector);
      if (found.isEmpty()) {
        throw new CommandFailure(
            "no replica found: no Pod in namespace " + namespace + " has the labels " + selector);
      }
      return found;
    } catch (ApiFailure e) {
      throw failure("in namespace " + namespace, e);
    }
  }

  /**
   * Returns the Pods of the first of these namespaces that has any; where none has, those of all
   * namespaces.
   *
   * @throws CommandFailure when there is none, or in several namespaces, or they cannot be listed
   */
  public List<Found> inFirstOf(List<String> namespaces) throws InterruptedException {
    List<String> denied = new ArrayList<>();
    for (String namespace : namespaces) {
      try {
        List<Found> found = pods.find(namespace, selector);
        if (!found.isEmpty()) {
          return found;
        }
      } catch (ApiFailure e) {
        if (e.kind() != ApiFailure.Kind.DENIED) {
          throw failure("in namespace " + namespace, e);
        }
        denied.add(namespace);
      }
    }
    return anywhere(namespaces, denied);
  }

  private List<Found> anywhere(List<String> looked, List<String> denied)
      throws InterruptedException {
    List<Found> found;
    try {
      found = pods.find("", selector);
    } catch (ApiFailure e) {
      if (e.status() != 403) {
        throw failure("in all namespaces", e);
      }
      throw new CommandFailure("no replica found: " + nowhere(looked, denied));
    }
    List<String> namespaces = found.stream().map(Found::namespace).distinct().toList();
    return switch (namespaces.size()) {
      case 0 ->
          throw new CommandFailure(
              "no replica found: no Pod of any namespace has the labels "
                  + selector
                  + "; is topology-xds installed here? (--selector names other labels)");
      case 1 -> found;
      default ->
          throw new CommandFailure(
              "replicas are in the namespaces "
                  + namespaces.stream().collect(Collectors.joining(", "))
                  + ": say which with --server-namespace");
    };
  }

  private String nowhere(List<String> looked, List<String> denied) {
    List<String> empty = looked.stream().filter(name -> !denied.contains(name)).toList();
    return (empty.isEmpty()
            ? ""
            : "no Pod in " + String.join(", ", empty) + " has the labels " + selector + "; ")
        + "the account may not list pods in "
        + (denied.isEmpty() ? "" : String.join(", ", denied) + ", and not in ")
        + "all namespaces; say where it may with --server-namespace";
  }

  private static CommandFailure failure(String where, ApiFailure e) {
    return new CommandFailure(
        "the API server "
            + e.getMessage()
            + (e.status() == 403 ? "; the account needs list on pods " + where : ""),
        e);
  }
}

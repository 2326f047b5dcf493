package io.github.topologyxds.explain.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A right as RBAC has it: one verb on one kind of resource.
 *
 * @param group of the API; "" for the core group
 * @param resource its plural, also with a subresource: {@code pods/portforward}
 * @param namespace the only namespace it is asked for; "" for the whole cluster
 */
public record Right(String verb, String group, String resource, String namespace) {
  private static final List<String> FOLLOW = List.of("list", "watch");
  private static final String SLICES_GROUP = "discovery.k8s.io";

  /**
   * Returns the rights without which a server does not follow a cluster.
   *
   * @param namespaces the only ones whose Services are served; empty: all
   */
  public static List<Right> toFollow(List<String> namespaces) {
    List<Right> rights = new ArrayList<>();
    for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
      rights.addAll(new Kind("", "services", namespace).with(FOLLOW));
      rights.addAll(new Kind(SLICES_GROUP, "endpointslices", namespace).with(FOLLOW));
    }
    rights.addAll(new Kind("", "nodes", "").with(FOLLOW));
    rights.addAll(new Kind("", "namespaces", "").with(FOLLOW));
    return List.copyOf(rights);
  }

  /** Returns the right to tell of findings by Events. */
  public static Right toTell() {
    return new Right("create", "", "events", "");
  }

  /** Returns the rights to write EndpointSlices of our own, and to read what they are made of. */
  public static List<Right> toWriteSlices() {
    List<Right> rights = new ArrayList<>();
    rights.addAll(
        new Kind(SLICES_GROUP, "endpointslices", "").with(List.of("create", "update", "delete")));
    rights.addAll(new Kind("", "endpoints", "").with(FOLLOW));
    rights.addAll(new Kind("topology-xds.io", "externalworkloads", "").with(FOLLOW));
    return List.copyOf(rights);
  }

  /**
   * Returns the right to make the Leases in which replicas share what they know of the demand. That
   * to change them is given by name, and the API server is not asked for names here.
   */
  public static Right toShareDemand(String namespace) {
    return new Right("create", "coordination.k8s.io", "leases", namespace);
  }

  /** Returns the right to have tokens of clients reviewed. */
  public static Right toReviewTokens() {
    return new Right("create", "authentication.k8s.io", "tokenreviews", "");
  }

  private record Kind(String group, String resource, String namespace) {
    List<Right> with(List<String> verbs) {
      return verbs.stream().map(verb -> new Right(verb, group, resource, namespace)).toList();
    }
  }

  /** Returns what the verb is about: {@code endpointslices in namespace shop}. */
  String object() {
    return resource + (namespace.isEmpty() ? "" : " in namespace " + namespace);
  }
}

package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.ObjectKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One collection of the API that is listed and watched by itself.
 *
 * @param namespace the only namespace that is looked at; "" for the whole cluster
 */
record Feed(WatchedKind watched, String namespace) {
  /** Returns what must be watched to route to these namespaces; none given means all. */
  static List<Feed> of(Collection<String> namespaces) {
    return of(WatchedKind.ROUTING, namespaces);
  }

  /** Returns what must be watched to see these kinds in these namespaces; none given means all. */
  static List<Feed> of(List<WatchedKind> kinds, Collection<String> namespaces) {
    List<Feed> feeds = new ArrayList<>();
    for (WatchedKind kind : kinds) {
      // Endpoints are on the cluster's Nodes, and in zones that are emptied for all; Services are
      // in ranges of the cluster.
      boolean everywhere = !kind.kind().namespaced() && kind != WatchedKind.NAMESPACE;
      if (namespaces.isEmpty() || everywhere) {
        feeds.add(new Feed(kind, ""));
      } else {
        namespaces.stream().sorted().distinct().forEach(n -> feeds.add(new Feed(kind, n)));
      }
    }
    return feeds;
  }

  ObjectKind kind() {
    return watched.kind();
  }

  /** Returns the path and query of the first or a later page of a LIST. */
  String list(String continueToken) {
    String page = continueToken.isEmpty() ? "" : "&continue=" + encode(continueToken);
    return path() + "?limit=" + watched.pageSize() + selector() + page;
  }

  /** Returns the path and query of the shortest LIST there is: all that it tells is the version. */
  String first() {
    return path() + "?limit=1" + selector();
  }

  /** Returns the path and query of a WATCH of all that is newer than this resourceVersion. */
  String watch(String resourceVersion, long timeoutSeconds) {
    return path()
        + "?watch=true&allowWatchBookmarks=true&resourceVersion="
        + encode(resourceVersion)
        + "&timeoutSeconds="
        + timeoutSeconds
        + selector();
  }

  private String path() {
    boolean inNamespace = !namespace.isEmpty() && watched != WatchedKind.NAMESPACE;
    return watched.kind().groupPath()
        + (inNamespace ? "/namespaces/" + namespace : "")
        + "/"
        + watched.kind().plural();
  }

  /** A Namespace is not in a namespace; it is picked by its name. */
  private String selector() {
    return watched == WatchedKind.NAMESPACE && !namespace.isEmpty()
        ? "&fieldSelector=" + encode("metadata.name=" + namespace)
        : "";
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Returns {@code EndpointSlice}, or {@code EndpointSlice in shop}. */
  @Override
  public String toString() {
    return kind().label() + (namespace.isEmpty() ? "" : " in " + namespace);
  }
}

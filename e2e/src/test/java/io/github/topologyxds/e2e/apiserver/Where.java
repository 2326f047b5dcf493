package io.github.topologyxds.e2e.apiserver;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests a fault hits.
 *
 * @param path must match the whole path, without the query
 */
public record Where(Set<Verb> verbs, Pattern path) {

  /** Copies. */
  public Where {
    verbs = Set.copyOf(verbs);
  }

  /** All requests. */
  public static Where everywhere() {
    return path(".*");
  }

  /** All requests whose whole path matches a regular expression. */
  public static Where path(String regex) {
    return new Where(EnumSet.allOf(Verb.class), Pattern.compile(regex));
  }

  /** All requests about a kind, in all namespaces. */
  public static Where of(ResourceKind kind) {
    return path("/" + kind.root() + "/(namespaces/[^/]+/)?" + kind.plural() + "(/.*)?");
  }

  /** The same paths, but only these verbs. */
  public Where only(Verb first, Verb... others) {
    return new Where(EnumSet.of(first, others), path);
  }

  boolean hits(Request request) {
    return verbs.contains(request.verb()) && path.matcher(request.path()).matches();
  }
}

package io.github.topologyxds.api;

import io.github.topologyxds.api.ApiRequest.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What there is below {@code /api/v1}. */
public final class Resources {
  /** Stands for any one part of a path. */
  private static final String ANY = "*";

  private final List<Route> routes = new ArrayList<>();

  /** One verb on the paths that fit a pattern. */
  private record Route(Verb verb, List<String> pattern, Resource resource) {
    boolean fits(List<String> path) {
      if (path.size() != pattern.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /** Adds what is read at the paths that fit, as {@code loggers/*}. */
  public Resources get(String pattern, Resource resource) {
    routes.add(new Route(Verb.GET, List.of(pattern.split("/")), resource));
    return this;
  }

  /** Adds what can be changed there. */
  public Resources put(String pattern, Resource resource) {
    routes.add(new Route(Verb.PUT, List.of(pattern.split("/")), resource));
    return this;
  }

  /**
   * Answers a request.
   *
   * @throws ApiFailure when nothing here does
   */
  public JsonNode answer(ApiRequest request) {
    List<Route> there = routes.stream().filter(route -> route.fits(request.path())).toList();
    if (there.isEmpty()) {
      throw new ApiFailure(ApiFailure.Kind.NOT_FOUND, "there is /api/v1/ with " + names());
    }
    return there.stream()
        .filter(route -> route.verb() == request.verb())
        .findFirst()
        .orElseThrow(() -> new ApiFailure(ApiFailure.Kind.NOT_ALLOWED, "this can only be read"))
        .resource()
        .answer(request);
  }

  private String names() {
    return routes.stream()
        .filter(route -> route.verb() == Verb.GET)
        .map(route -> String.join("/", route.pattern()))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}

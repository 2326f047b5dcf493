package io.github.topologyxds.api;

import io.github.topologyxds.api.ApiRequest.Verb;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What there is below {@code /api/v1}. */
final class Resources {
  private final Map<String, Served> byPath = new TreeMap<>();

  /**
   * Which paths and verbs a resource answers.
   *
   * @param parts how many parts its paths have behind {@code /api/v1}
   */
  private record Served(Resource resource, List<Integer> parts, List<Verb> verbs) {}

  /** Adds one that is read only, at {@code /api/v1/NAME}. */
  Resources with(String name, Resource resource) {
    byPath.put(name, new Served(resource, List.of(1), List.of(Verb.GET)));
    return this;
  }

  /** Adds one whose items, at {@code /api/v1/NAME/ITEM}, can be changed. */
  Resources withItems(String name, Resource resource) {
    byPath.put(name, new Served(resource, List.of(1, 2), List.of(Verb.GET, Verb.PUT)));
    return this;
  }

  /**
   * Answers a request.
   *
   * @throws ApiFailure when nothing here does
   */
  JsonNode answer(ApiRequest request) {
    Served served = request.path().isEmpty() ? null : byPath.get(request.path().getFirst());
    if (served == null || !served.parts().contains(request.path().size())) {
      throw new ApiFailure(
          ApiFailure.Kind.NOT_FOUND,
          "there is /api/v1/ with " + String.join(", ", byPath.keySet()));
    }
    boolean changes = request.verb() != Verb.GET;
    if (changes && (!served.verbs().contains(request.verb()) || request.path().size() == 1)) {
      throw new ApiFailure(ApiFailure.Kind.NOT_ALLOWED, "this can only be read");
    }
    return served.resource().answer(request);
  }
}

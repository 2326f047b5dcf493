package io.github.topologyxds.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the API.
 *
 * @param path the parts between slashes behind {@code /api/v1}
 * @param parameters of the query, each with its last value
 * @param body "" when there is none
 */
record ApiRequest(Verb verb, List<String> path, Map<String, String> parameters, String body) {
  /** What is asked of the resource. */
  enum Verb {
    GET,
    PUT
  }

  ApiRequest {
    path = List.copyOf(path);
    parameters = Map.copyOf(parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}

package io.github.topologyxds.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request of the API.
 *
 * @param path the parts between slashes behind {@code /api/v1}
 * @param parameters of the query, each with its last value
 * @param body "" when there is none
 */
public record ApiRequest(
    Verb verb, List<String> path, Map<String, String> parameters, String body) {
  /** What is asked of the resource. */
  public enum Verb {
    GET,
    PUT
  }

  public ApiRequest {
    path = List.copyOf(path);
    parameters = Map.copyOf(parameters);
  }

  /**
   * Refuses what nobody here understands: it would change nothing, and one would not see that.
   *
   * @throws ApiFailure when there is another parameter than these
   */
  void mayHave(String... names) {
    Set<String> known = new TreeSet<>(List.of(names));
    for (String parameter : parameters.keySet()) {
      if (!known.contains(parameter)) {
        throw new ApiFailure(
            ApiFailure.Kind.INVALID,
            "there is no parameter '" + parameter + "'; there are " + String.join(", ", known));
      }
    }
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}

package io.github.topologyxds.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Query parameters that leave out what has another value.
 *
 * @param <T> what is filtered
 */
final class Filter<T> {
  /** What every listing understands beside its filters. */
  private static final Set<String> COMMON = Set.of("limit", "continue", "watch");

  private final Map<String, Function<T, String>> fields = new LinkedHashMap<>();

  /** Returns this filter, which from now on understands one more parameter. */
  Filter<T> by(String parameter, Function<T, String> value) {
    fields.put(parameter, value);
    return this;
  }

  /**
   * Returns what has all the values that are asked for.
   *
   * @throws ApiFailure for a parameter that nobody understands: it would filter nothing
   */
  List<T> apply(ApiRequest request, List<T> items) {
    for (String parameter : request.parameters().keySet()) {
      if (!fields.containsKey(parameter) && !COMMON.contains(parameter)) {
        Set<String> known = new TreeSet<>(COMMON);
        known.addAll(fields.keySet());
        throw new ApiFailure(
            ApiFailure.Kind.INVALID,
            "there is no parameter '" + parameter + "'; there are " + String.join(", ", known));
      }
    }
    return items.stream().filter(item -> matches(request, item)).toList();
  }

  private boolean matches(ApiRequest request, T item) {
    return fields.entrySet().stream()
        .allMatch(field ->
            request
                .parameter(field.getKey())
                .map(wanted -> wanted.equals(field.getValue().apply(item)))
                .orElse(true));
  }
}

package io.github.topologyxds.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Query parameters that leave out what has another value.
 *
 * @param <T> what is filtered
 */
final class Filter<T> {
  /** What every listing understands beside its filters. */
  private static final Set<String> COMMON = Set.of("limit", "continue", "watch");

  private final Map<String, BiPredicate<T, String>> fields = new LinkedHashMap<>();

  /** Returns this filter, which from now on understands one more parameter. */
  Filter<T> by(String parameter, Function<T, String> value) {
    return having(parameter, (item, wanted) -> wanted.equals(value.apply(item)));
  }

  /** The same with what the parameter's value must mean. */
  Filter<T> having(String parameter, BiPredicate<T, String> fits) {
    fields.put(parameter, fits);
    return this;
  }

  /** The same with a parameter that leaves out nothing. */
  Filter<T> other(String parameter) {
    return having(parameter, (item, value) -> true);
  }

  /**
   * Returns what has all the values that are asked for.
   *
   * @throws ApiFailure for a parameter that nobody understands: it would filter nothing
   */
  List<T> apply(ApiRequest request, List<T> items) {
    Set<String> known = new TreeSet<>(COMMON);
    known.addAll(fields.keySet());
    request.mayHave(known.toArray(String[]::new));
    return items.stream().filter(item -> matches(request, item)).toList();
  }

  private boolean matches(ApiRequest request, T item) {
    return fields.entrySet().stream()
        .allMatch(field ->
            request
                .parameter(field.getKey())
                .map(wanted -> field.getValue().test(item, wanted))
                .orElse(true));
  }
}

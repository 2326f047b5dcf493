package io.github.topologyxds.api;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a sorted list, as Kubernetes pages its own: {@code limit} says how many at most, and
 * {@code continue} takes up behind the one that an earlier answer ended with. What comes or goes
 * between two pages moves nothing else from one to the other.
 *
 * @param <T> what is listed
 * @param key of an item: unique, and the list is sorted by it
 */
record Listing<T>(List<T> items, Function<T, String> key) {
  private static final int LIMIT = 500;
  private static final int MAX_LIMIT = 10_000;

  /** Returns the page that is asked for. */
  ObjectNode page(ApiRequest request, Function<T, JsonNode> json) {
    int limit = request.parameter("limit").map(Listing::limit).orElse(LIMIT);
    String after = request.parameter("continue").orElse("");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var shown = answer.putArray("items");
    String last = "";
    int left = 0;
    for (T item : items) {
      String itsKey = key.apply(item);
      if (!after.isEmpty() && itsKey.compareTo(after) <= 0) {
        continue;
      }
      if (shown.size() < limit) {
        shown.add(json.apply(item));
        last = itsKey;
      } else {
        left++;
      }
    }
    answer.put("total", items.size());
    if (left > 0) {
      answer.put("continue", last);
      answer.put("remaining", left);
    }
    return answer;
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words.
    }
    throw new ApiFailure(
        ApiFailure.Kind.INVALID, "limit '" + text + "' is no number from 1 to " + MAX_LIMIT);
  }
}

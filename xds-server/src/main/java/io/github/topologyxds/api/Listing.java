package io.github.topologyxds.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a sorted list, as Kubernetes pages its own: {@code limit} says how many at most, and
 * {@code continue} takes up behind the one that an earlier answer ended with. What comes or goes
 * between two pages moves nothing else from one to the other.
 *
 * @param <T> what is listed
 */
final class Listing<T> {
  private static final int LIMIT = 500;
  private static final int MAX_LIMIT = 10_000;

  private final List<Keyed<T>> items;

  /** Writes an item as one JSON object. */
  @FunctionalInterface
  interface ItemWriter<T> {
    void write(T item, JsonGenerator to);

    /** For what has few items: each is a tree before it is written. */
    static <T> ItemWriter<T> trees(Function<T, JsonNode> json) {
      return (item, to) -> to.writeTree(json.apply(item));
    }
  }

  private record Keyed<T>(String key, T item) {
    boolean isBehind(String other) {
      return other.isEmpty() || key.compareTo(other) > 0;
    }
  }

  /**
   * An array whose items are made one after the other, while it is written: the trees of five
   * thousand clients at once were some 100 MB, and outlived the young generation.
   */
  private record Items<T>(List<Keyed<T>> shown, ItemWriter<T> writer)
      implements JacksonSerializable {
    @Override
    public void serialize(JsonGenerator to, SerializationContext context) {
      to.writeStartArray();
      for (Keyed<T> next : shown) {
        writer.write(next.item(), to);
      }
      to.writeEndArray();
    }

    @Override
    public void serializeWithType(
        JsonGenerator to, SerializationContext context, TypeSerializer typed) {
      serialize(to, context);
    }
  }

  private Listing(List<Keyed<T>> items) {
    this.items = items;
  }

  /**
   * Returns a list sorted by a key.
   *
   * @param key of an item, unique; made once for each
   */
  static <T> Listing<T> of(Collection<T> items, Function<T, String> key) {
    return new Listing<>(
        items.stream()
            .map(item -> new Keyed<>(key.apply(item), item))
            .sorted(Comparator.comparing(Keyed::key))
            .toList());
  }

  /** Returns the page that is asked for. */
  ObjectNode page(ApiRequest request, ItemWriter<T> writer) {
    int limit = request.parameter("limit").map(Listing::limit).orElse(LIMIT);
    String after = request.parameter("continue").orElse("");
    List<Keyed<T>> behind = items.stream().filter(item -> item.isBehind(after)).toList();
    List<Keyed<T>> shown = behind.subList(0, Math.min(limit, behind.size()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putPOJO("items", new Items<>(shown, writer));
    answer.put("total", items.size());
    int left = behind.size() - shown.size();
    if (left > 0) {
      answer.put("continue", shown.getLast().key());
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

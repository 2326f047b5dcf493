package io.github.topologyxds.api;

import io.github.topologyxds.logging.LogLevels;
import io.github.topologyxds.model.names.EditDistance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code loggers} and {@code loggers/NAME}: what is logged. The one thing that can be changed. */
public final class LoggersResource implements Resource {
  private static final Filter<LogLevels.Entry> FILTER =
      new Filter<LogLevels.Entry>().by("name", LogLevels.Entry::name);

  @Override
  public JsonNode answer(ApiRequest request) {
    if (request.path().size() == 1) {
      return Listing.of(FILTER.apply(request, LogLevels.all()), LogLevels.Entry::name)
          .page(request, Listing.ItemWriter.trees(LoggersResource::json));
    }
    String name = request.path().get(1);
    Optional<LogLevels.Entry> logger =
        switch (request.verb()) {
          case GET -> find(name);
          case PUT -> LogLevels.set(name, level(request.body()));
        };
    return json(logger.orElseThrow(() -> notFound(name)));
  }

  private static Optional<LogLevels.Entry> find(String name) {
    return LogLevels.all().stream().filter(logger -> logger.name().equals(name)).findFirst();
  }

  private static ApiFailure notFound(String name) {
    String meant =
        LogLevels.all().stream()
            .map(LogLevels.Entry::name)
            .filter(known -> isMeant(name, known))
            .min(Comparator.comparingInt(String::length))
            .map(known -> "; did you mean " + known + "?")
            .orElse("; GET /api/v1/loggers lists them");
    return new ApiFailure(ApiFailure.Kind.NOT_FOUND, "there is no logger '" + name + "'" + meant);
  }

  /** A log line shows the last part of a logger's name. */
  private static boolean isMeant(String written, String known) {
    String last = known.substring(known.lastIndexOf('.') + 1);
    return last.equals(written)
        || EditDistance.isMisspelling(written, last)
        || EditDistance.isMisspelling(written, known);
  }

  private static @Nullable String level(String body) {
    JsonNode level;
    try {
      level = new JsonMapper().readTree(body).path("level");
    } catch (JacksonException e) {
      throw wrongBody();
    }
    if (level.isNull()) {
      return null;
    }
    String word = level.isString() ? level.stringValue().toLowerCase(Locale.ROOT) : "";
    if (!LogLevels.levels().contains(word)) {
      throw wrongBody();
    }
    return word;
  }

  private static ApiFailure wrongBody() {
    List<String> levels = LogLevels.levels();
    return new ApiFailure(
        ApiFailure.Kind.INVALID,
        "the body must be {\"level\": L}, with L one of "
            + String.join(", ", levels)
            + ", or null to inherit one");
  }

  private static ObjectNode json(LogLevels.Entry logger) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", logger.name());
    json.put("level", logger.level());
    json.put("effectiveLevel", logger.effective());
    return json;
  }
}

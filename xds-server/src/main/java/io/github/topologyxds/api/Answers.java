package io.github.topologyxds.api;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whoever answers as the API does: a running server, or this process over files. */
@FunctionalInterface
public interface Answers {
  /**
   * Returns an answer.
   *
   * @param path behind {@code /api/v1/}, its parts as they are
   * @param parameters of the query
   * @throws RuntimeException whose message is one line for people, when there is none
   */
  JsonNode get(String path, Map<String, String> parameters);

  /** Returns the answers about something that only this process knows. */
  static Answers of(Observed observed) {
    Resources resources = observed.resources();
    return (path, parameters) ->
        resources.answer(
            new ApiRequest(
                ApiRequest.Verb.GET, List.of(path.split("/")), parameters, ""));
  }
}

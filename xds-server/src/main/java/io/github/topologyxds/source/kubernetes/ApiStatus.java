package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.model.Finding;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the API's {@code Status}: what an answer other than 200, or an ERROR event, means. */
final class ApiStatus {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_MESSAGE = 300;

  private ApiStatus() {}

  /**
   * Returns what an HTTP answer means.
   *
   * @param retryAfter the header, zero when there is none
   */
  static ApiFailure failure(int code, byte[] body, Duration retryAfter) {
    ApiFailure failure = failure(code, tree(body));
    return new ApiFailure(failure.kind(), String.valueOf(failure.getMessage()), retryAfter);
  }

  /** Returns what a Status with this code means. */
  static ApiFailure failure(int code, JsonNode status) {
    String message = status.path("message").asString("");
    String said = message.isEmpty() ? "" : ": " + Finding.quote(message, LONGEST_MESSAGE);
    return switch (code) {
      case 410 -> new ApiFailure(ApiFailure.Kind.GONE, "410 Gone" + said);
      case 401 ->
          new ApiFailure(
              ApiFailure.Kind.DENIED, "401 Unauthorized: the API server does not know who we are");
      // The message names the user, the verb and the resource.
      case 403 -> new ApiFailure(ApiFailure.Kind.DENIED, "403 Forbidden" + said);
      case 0 -> new ApiFailure(ApiFailure.Kind.UNREADABLE, "an ERROR event without a code" + said);
      default -> new ApiFailure(ApiFailure.Kind.UNAVAILABLE, "answers " + code + said);
    };
  }

  /** Not every answer is JSON: a proxy, or the server's own 429, sends plain text. */
  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }
}

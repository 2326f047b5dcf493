package io.github.topologyxds.kubernetes;

import io.github.topologyxds.model.finding.Finding;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the API's {@code Status}: what an answer other than 200, or an ERROR event, means. */
public final class ApiStatus {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_MESSAGE = 300;

  private ApiStatus() {}

  /** Returns what an HTTP answer means; {@code retryAfter} is zero when there is none. */
  public static ApiFailure failure(int code, byte[] body, Duration retryAfter) {
    return failure(code, tree(body), retryAfter);
  }

  /** Returns what an ERROR event with this Status means. */
  public static ApiFailure failure(int code, JsonNode status) {
    return failure(code, status, Duration.ZERO);
  }

  /** As {@link #failure(int, byte[], Duration)}, of a Status that is read already. */
  public static ApiFailure failure(int code, JsonNode status, Duration retryAfter) {
    String message = status.path("message").asString("");
    String said = message.isEmpty() ? "" : ": " + Finding.quote(message, MAX_MESSAGE);
    return switch (code) {
      case 0 ->
          new ApiFailure(ApiFailure.Kind.UNREADABLE, "sends an ERROR event without a code" + said);
      case 410 -> new ApiFailure(ApiFailure.Kind.GONE, code, "answers 410 Gone" + said, retryAfter);
      case 401 ->
          new ApiFailure(
              ApiFailure.Kind.DENIED,
              code,
              "answers 401 Unauthorized: it does not know who we are",
              retryAfter);
      // The message names the user, the verb and the resource.
      case 403 ->
          new ApiFailure(ApiFailure.Kind.DENIED, code, "answers 403 Forbidden" + said, retryAfter);
      // The credential would go to whoever is named there.
      case 301, 302, 303, 307, 308 ->
          new ApiFailure(
              ApiFailure.Kind.UNAVAILABLE,
              code,
              "answers " + code + ", a redirect, which is not followed; name the right address",
              retryAfter);
      default ->
          new ApiFailure(ApiFailure.Kind.UNAVAILABLE, code, "answers " + code + said, retryAfter);
    };
  }

  /** Not every answer is JSON: a proxy, or the server's own 429, sends plain text. */
  static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }
}

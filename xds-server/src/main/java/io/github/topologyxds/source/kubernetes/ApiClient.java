package io.github.topologyxds.source.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.slices.writer.WriteApi;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Requests to the API server, each answered within a limit or failed. Retries nothing: whoever asks
 * knows better when to ask again. Any thread.
 */
final class ApiClient implements WriteApi {
  /** A page of 250 full slices is 75 MB of JSON. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /** The API server answers a watch with its headers at once. */
  private static final Duration WATCH_OPENS_WITHIN = Duration.ofSeconds(10);

  /**
   * After this the HTTP client drops the connection of a watch that was never agreed to, which
   * would stay open otherwise. Longer than a watch lives: from JDK 26 on the limit covers the body
   * too.
   */
  private static final Duration WATCH_ENDS_WITHIN = Duration.ofSeconds(35);

  private static final long LONGEST_RETRY_AFTER = 60;
  private static final String JSON_TYPE = "application/json";

  private final HttpClient http;
  private final String server;

  /**
   * Uses a client that is set up already.
   *
   * @param server the API server's address, {@code https://host:port}
   */
  ApiClient(HttpClient http, URI server) {
    this.http = http;
    String text = server.toString();
    this.server = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** GETs a path with its query; returns the body. */
  byte[] get(String path) throws ApiFailure, InterruptedException {
    return send(request(path));
  }

  /** POSTs JSON. */
  void post(String path, String json) throws ApiFailure, InterruptedException {
    send(request(path).post(JSON_TYPE, json));
  }

  /** Sends once; an error is an answer as well. */
  @Override
  public Reply send(Request request) throws InterruptedException {
    HttpRequest.Builder builder = request(request.path());
    HttpRequest.Builder complete =
        switch (request.method()) {
          case GET -> builder;
          case POST -> builder.post(JSON_TYPE, request.body());
          case PUT -> builder.method("PUT", JSON_TYPE, request.body());
          case DELETE -> builder.method("DELETE", JSON_TYPE, request.body());
        };
    try {
      Answer answer = exchange(complete, request.within());
      HttpResponse<AsyncBody> response = answer.head();
      JsonNode body = ApiStatus.tree(answer.body());
      Duration retryAfter = retryAfter(response);
      String trouble =
          response.isSuccessful()
              ? ""
              : orEmpty(ApiStatus.failure(response.code(), body, retryAfter).getMessage());
      return new Reply(response.code(), body, retryAfter, trouble);
    } catch (ApiFailure e) {
      return new Reply(0, MissingNode.getInstance(), Duration.ZERO, orEmpty(e.getMessage()));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private HttpRequest.Builder request(String path) {
    return http.newHttpRequestBuilder().uri(server + path);
  }

  private byte[] send(HttpRequest.Builder request) throws ApiFailure, InterruptedException {
    Answer answer = exchange(request, ANSWER_WITHIN);
    if (!answer.head().isSuccessful()) {
      throw ApiStatus.failure(answer.head().code(), answer.body(), retryAfter(answer.head()));
    }
    return answer.body();
  }

  private record Answer(HttpResponse<AsyncBody> head, BodyBytes bytes) {
    byte[] body() {
      return bytes.toByteArray();
    }
  }

  /** However it ends, the exchange is over: a server that never stops sending costs nothing. */
  private Answer exchange(HttpRequest.Builder request, Duration within)
      throws ApiFailure, InterruptedException {
    long begun = System.nanoTime();
    BodyBytes bytes = new BodyBytes();
    HttpRequest limited = request.timeout(within.toMillis(), TimeUnit.MILLISECONDS).build();
    HttpResponse<AsyncBody> head = await(http.consumeBytes(limited, bytes::received), within);
    AsyncBody body = head.body();
    try {
      body.consume();
      await(body.done(), within.minusNanos(System.nanoTime() - begun));
      return new Answer(head, bytes);
    } finally {
      if (!body.done().isDone()) {
        body.cancel();
      }
    }
  }

  /** Opens a watch; returns once the server has agreed to it. */
  WatchStream watch(String path) throws ApiFailure, InterruptedException {
    WatchLines lines = new WatchLines();
    HttpRequest request =
        request(path)
            .timeout(WATCH_ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .forStreaming()
            .build();
    HttpResponse<AsyncBody> response =
        await(http.consumeBytes(request, lines::received), WATCH_OPENS_WITHIN);
    WatchStream stream = new WatchStream(response.body(), lines);
    if (!response.isSuccessful()) {
      Duration retryAfter = retryAfter(response);
      try (stream) {
        throw ApiStatus.failure(response.code(), stream.rest(), retryAfter);
      }
    }
    return stream;
  }

  private static <T> T await(CompletableFuture<T> answer, Duration limit)
      throws ApiFailure, InterruptedException {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unavailable("does not answer in time", e);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  /** What went wrong between us and the server. */
  static ApiFailure unreachable(Throwable cause) {
    String message = cause.getMessage();
    String said = message == null ? "" : ": " + Finding.quote(message, 200);
    return unavailable("cannot be reached: " + cause.getClass().getSimpleName() + said, cause);
  }

  private static ApiFailure unavailable(String message, Throwable cause) {
    ApiFailure failure = new ApiFailure(ApiFailure.Kind.UNAVAILABLE, message);
    failure.initCause(cause);
    return failure;
  }

  /** The header's form in seconds, which is the one that the API server writes. */
  private static Duration retryAfter(HttpResponse<?> response) {
    @Nullable String header = response.header("Retry-After");
    if (header == null || !header.matches("\\d{1,6}")) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Math.min(Long.parseLong(header), LONGEST_RETRY_AFTER));
  }
}

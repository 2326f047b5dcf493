package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.topologyxds.kubernetes.Credential.Proof;
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
public final class ApiClient implements WriteApi {
  private static final long MAX_RETRY_AFTER = 60;
  private static final String AUTHORIZATION = "Authorization";
  private static final String JSON_TYPE = "application/json";
  private static final String MERGE_PATCH_TYPE = "application/merge-patch+json";

  private final Clients clients;
  private final String server;
  private final ApiLimits limits;
  private final Credential credential;
  private final Unreachable unreachable;

  /** The HTTP client whose connections show a certificate. */
  @FunctionalInterface
  public interface Clients {
    /**
     * Returns it.
     *
     * @param certificate null: what the configuration itself shows
     * @throws ApiFailure UNAVAILABLE when the certificate cannot be used
     */
    HttpClient showing(@Nullable ClientCertificate certificate) throws ApiFailure;
  }

  /** A request that is being made, what it shows, and who is to send it. */
  private record Prepared(HttpClient http, Proof proof, HttpRequest.Builder request) {
    Prepared with(HttpRequest.Builder complete) {
      return new Prepared(http, proof, complete);
    }
  }

  /**
   * Uses clients that are set up already.
   *
   * @param server the API server's address, {@code https://host:port}
   */
  public ApiClient(Clients clients, URI server, ApiLimits limits, Credential credential) {
    this.clients = clients;
    this.limits = limits;
    this.credential = credential;
    this.unreachable = new Unreachable(server);
    String text = server.toString();
    this.server = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Returns how long requests may take and how large answers may be. */
  public ApiLimits limits() {
    return limits;
  }

  /** GETs a path with its query; returns the body. */
  public byte[] get(String path) throws ApiFailure, InterruptedException {
    return get(path, JSON_TYPE);
  }

  /** Returns the body of a GET, in the form that a header {@code Accept} asks for. */
  public byte[] get(String path, String accept) throws ApiFailure, InterruptedException {
    Prepared prepared = request(path);
    return send(prepared.with(prepared.request().header("Accept", accept)));
  }

  /** POSTs JSON. */
  public void post(String path, String json) throws ApiFailure, InterruptedException {
    Prepared prepared = request(path);
    send(prepared.with(prepared.request().post(JSON_TYPE, json)));
  }

  /** Sends once; an error is an answer as well. */
  @Override
  public Reply send(Request request) throws InterruptedException {
    try {
      Prepared prepared = request(request.path());
      HttpRequest.Builder builder = prepared.request();
      HttpRequest.Builder complete =
          switch (request.method()) {
            case GET -> builder;
            case POST -> builder.post(JSON_TYPE, request.body());
            case PUT -> builder.method("PUT", JSON_TYPE, request.body());
            case PATCH -> builder.method("PATCH", MERGE_PATCH_TYPE, request.body());
            case DELETE -> builder.method("DELETE", JSON_TYPE, request.body());
          };
      Answer answer = exchange(prepared.with(complete), request.within());
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

  private Prepared request(String path) throws ApiFailure, InterruptedException {
    Proof proof = credential.proof();
    HttpClient http = clients.showing(proof.certificate());
    HttpRequest.Builder request = http.newHttpRequestBuilder().uri(server + path);
    return new Prepared(
        http,
        proof,
        proof.header().isEmpty() ? request : request.header(AUTHORIZATION, proof.header()));
  }

  /** A 401 says that the credential of the request is not, or not any more, believed. */
  private void look(Prepared prepared, HttpResponse<?> response) {
    if (response.code() == 401) {
      credential.refused(prepared.proof());
    }
  }

  private byte[] send(Prepared request) throws ApiFailure, InterruptedException {
    Answer answer = exchange(request, limits.answer());
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
  private Answer exchange(Prepared prepared, Duration within)
      throws ApiFailure, InterruptedException {
    long begun = System.nanoTime();
    BodyBytes bytes = new BodyBytes();
    HttpRequest limited =
        prepared.request().timeout(within.toMillis(), TimeUnit.MILLISECONDS).build();
    HttpResponse<AsyncBody> head =
        head(prepared.http().consumeBytes(limited, bytes::received), within);
    look(prepared, head);
    AsyncBody body = head.body();
    try {
      body.consume();
      await(body.done(), within.minusNanos(System.nanoTime() - begun), within);
      return new Answer(head, bytes);
    } finally {
      if (!body.done().isDone()) {
        body.cancel();
      }
    }
  }

  /** Opens a watch; returns once the server has agreed to it. */
  public WatchStream watch(String path) throws ApiFailure, InterruptedException {
    WatchLines lines = new WatchLines();
    Prepared prepared = request(path);
    HttpRequest request =
        prepared
            .request()
            .timeout(limits.watchConnection().toMillis(), TimeUnit.MILLISECONDS)
            .forStreaming()
            .build();
    HttpResponse<AsyncBody> response =
        head(prepared.http().consumeBytes(request, lines::received), limits.watchOpens());
    look(prepared, response);
    WatchStream stream = new WatchStream(response.body(), lines, unreachable);
    if (!response.isSuccessful()) {
      Duration retryAfter = retryAfter(response);
      try (stream) {
        throw ApiStatus.failure(response.code(), stream.rest(), retryAfter);
      }
    }
    return stream;
  }

  /** An answer that begins when nobody waits for it any more is over at once. */
  private HttpResponse<AsyncBody> head(
      CompletableFuture<HttpResponse<AsyncBody>> answer, Duration limit)
      throws ApiFailure, InterruptedException {
    boolean came = false;
    try {
      HttpResponse<AsyncBody> head = await(answer, limit, limit);
      came = true;
      return head;
    } finally {
      if (!came) {
        var unused = answer.thenAccept(late -> late.body().cancel());
      }
    }
  }

  /** Cancels nothing: that would complete the answer, and leave its connection as it is. */
  private <T> T await(CompletableFuture<T> answer, Duration left, Duration limit)
      throws ApiFailure, InterruptedException {
    try {
      return answer.get(left.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unreachable.inTime(limit);
    } catch (ExecutionException e) {
      throw unreachable.because(e.getCause() == null ? e : e.getCause());
    }
  }

  /** The header's form in seconds, which is the one that the API server writes. */
  private static Duration retryAfter(HttpResponse<?> response) {
    @Nullable String header = response.header("Retry-After");
    if (header == null || !header.matches("\\d{1,6}")) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Math.min(Long.parseLong(header), MAX_RETRY_AFTER));
  }
}

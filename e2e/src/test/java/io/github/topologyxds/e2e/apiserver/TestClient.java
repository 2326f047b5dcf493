package io.github.topologyxds.e2e.apiserver;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The JDK's HTTP client with a token: a second reader of HTTP, apart from the one of fabric8. */
final class TestClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ApiServer api;
  private final String authorization;

  TestClient(ApiServer api) {
    this(api, "Bearer " + api.token("tester"));
  }

  TestClient(ApiServer api, String authorization) {
    this.api = api;
    this.authorization = authorization;
  }

  /** An answer whose body is JSON. */
  record Reply(int status, JsonNode body) {
    String reason() {
      return body.path("reason").asString("");
    }

    String version() {
      return body.path("metadata").path("resourceVersion").asString("");
    }
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  Reply send(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request(method, path, body).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    return new Reply(response.statusCode(), JSON.readTree(response.body()));
  }

  HttpResponse<String> raw(String path) throws IOException, InterruptedException {
    return http.send(
        request("GET", path, "").timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(api.uri().resolve(path))
            .header("Authorization", authorization)
            .header("User-Agent", "Python-urllib/3.11");
    if (method.equals("PATCH")) {
      builder.header("Content-Type", "application/merge-patch+json");
    }
    return builder.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
  }

  HttpClient http() {
    return http;
  }

  /** Opens a watch and reads it in the background. */
  Watching watch(String path) {
    Watching watching = new Watching();
    Thread.ofVirtual().start(() -> watching.read(http, request("GET", path, "").build()));
    return watching;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** What a watch has shown so far. */
  static final class Watching {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> end = new AtomicReference<>();
    private volatile int status;

    private void read(HttpClient http, HttpRequest request) {
      try {
        HttpResponse<Stream<String>> response =
            http.send(request, HttpResponse.BodyHandlers.ofLines());
        status = response.statusCode();
        response.body().forEach(lines::add);
        end.set("clean");
      } catch (Exception e) {
        end.set(String.valueOf(e));
      }
    }

    int status() {
      return status;
    }

    List<String> lines() {
      return List.copyOf(lines);
    }

    /** {@code TYPE name} of every line: {@code ADDED a}. */
    List<String> events() {
      return lines.stream()
          .map(JSON::readTree)
          .map(line ->
              line.path("type").asString()
                  + " "
                  + line.path("object").path("metadata").path("name").asString(""))
          .toList();
    }

    JsonNode line(int index) {
      return JSON.readTree(lines.get(index));
    }

    /** Null as long as it goes on, then {@code clean} or the exception's words. */
    @Nullable String end() {
      return end.get();
    }
  }
}

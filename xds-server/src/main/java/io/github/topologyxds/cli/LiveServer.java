package io.github.topologyxds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server, asked over its API ({@code serve --api}, docs/api.md). */
final class LiveServer {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final URI base;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  LiveServer(URI base) {
    this.base = base;
  }

  /**
   * Returns an answer.
   *
   * @param path behind {@code /api/v1/}, encoded
   * @throws CommandFailure when there is none, with the server's reason or what to look at
   */
  JsonNode get(String path, Map<String, String> parameters) {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri(path, parameters)).timeout(TIMEOUT).build(),
            BodyHandlers.ofString());
    JsonNode answer = json(response.body());
    if (response.statusCode() != 200) {
      throw new CommandFailure(answer.path("error").asString("status " + response.statusCode()));
    }
    return answer;
  }

  /** Returns the items of a list, of all its pages. */
  List<JsonNode> list(String path, Map<String, String> parameters) {
    Map<String, String> asked = new LinkedHashMap<>(parameters);
    List<JsonNode> items = new ArrayList<>();
    JsonNode page;
    do {
      page = get(path, asked);
      page.path("items").forEach(items::add);
      asked.put("continue", page.path("continue").asString(""));
    } while (page.has("continue"));
    return items;
  }

  /** Runs a task at once, and again whenever this list has changed; ends with the server. */
  void watch(String path, Runnable task) {
    HttpResponse<InputStream> events =
        send(
            HttpRequest.newBuilder(uri(path, Map.of("watch", ""))).build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      if (events.statusCode() != 200) {
        throw new CommandFailure(json(String.valueOf(lines.readLine())).path("error").asString(""));
      }
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("data:")) {
          task.run();
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new CommandFailure("the server at " + base + " has gone", e);
    }
    throw new CommandFailure("the server at " + base + " has ended");
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new CommandFailure(
          "nothing answers at " + base + ": it is the port of serve --api that is asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  private JsonNode json(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new CommandFailure(
          "what answers at " + base + " is not the API of topology-xds (serve --api)", e);
    }
  }

  private URI uri(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(p -> !p.getKey().equals("continue") || !p.getValue().isEmpty())
            .map(p -> p.getKey() + "=" + encoded(p.getValue()))
            .collect(Collectors.joining("&"));
    return base.resolve("/api/v1/" + path + (query.isEmpty() ? "" : "?" + query));
  }

  /** Returns a text as it may stand in a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

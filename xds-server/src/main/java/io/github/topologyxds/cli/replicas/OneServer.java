package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.exit.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
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
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server at an address. Any thread. */
public final class OneServer implements LiveServer {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /** Asks at this address, {@code http://host:port}; does not connect yet. */
  public OneServer(URI base) {
    this.base = base;
  }

  /** Asks once; never throws for what the server does or does not answer. */
  Outcome ask(String path, Map<String, String> parameters) {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri(path, parameters)).timeout(TIMEOUT).build(),
              BodyHandlers.ofString());
      JsonNode answer = MAPPER.readTree(response.body());
      return response.statusCode() == 200
          ? new Outcome.Answered(answer)
          : new Outcome.Refused(response.statusCode(), reason(answer, response.statusCode()));
    } catch (IOException e) {
      return new Outcome.Failed(
          "nothing answers at " + base + ": it is the port of serve --api that is asked");
    } catch (JacksonException e) {
      return new Outcome.Failed(
          "what answers at " + base + " is not the API of topology-xds (serve --api)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  private static String reason(JsonNode answer, int status) {
    return answer.path("error").asString("status " + status);
  }

  /**
   * A list as far as it was read.
   *
   * @param end {@link Outcome.Answered} where all of it was read, else what came in place of a page
   */
  record Items(List<JsonNode> items, Outcome end) {}

  /** Reads a list, page by page, until its end or until a page does not come. */
  Items items(String path, Map<String, String> parameters) {
    Map<String, String> asked = new LinkedHashMap<>(parameters);
    List<JsonNode> items = new ArrayList<>();
    Outcome outcome = ask(path, asked);
    while (outcome instanceof Outcome.Answered(JsonNode page)) {
      page.path("items").forEach(items::add);
      if (!page.has("continue")) {
        return new Items(items, outcome);
      }
      asked.put("continue", page.path("continue").asString(""));
      outcome = ask(path, asked);
    }
    return new Items(items, outcome);
  }

  @Override
  public JsonNode get(String path, Map<String, String> parameters) {
    return answered(ask(path, parameters));
  }

  @Override
  public SequencedMap<String, JsonNode> each(String path, Map<String, String> parameters) {
    SequencedMap<String, JsonNode> one = new LinkedHashMap<>();
    one.put("", get(path, parameters));
    return one;
  }

  @Override
  public List<JsonNode> list(String path, Map<String, String> parameters) {
    Items read = items(path, parameters);
    JsonNode unused = answered(read.end());
    return read.items();
  }

  private static JsonNode answered(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(var json) -> json;
      case Outcome.Refused(var status, var reason) -> throw new CommandFailure(reason);
      case Outcome.Failed(var reason) -> throw new CommandFailure(reason);
    };
  }

  @Override
  public void watch(String path, Runnable task) {
    HttpRequest request = HttpRequest.newBuilder(uri(path, Map.of("watch", ""))).build();
    try {
      HttpResponse<InputStream> events = http.send(request, BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
        if (events.statusCode() != 200) {
          String answer = String.valueOf(lines.readLine());
          throw new CommandFailure(reason(MAPPER.readTree(answer), events.statusCode()));
        }
        runOnEvents(lines, task);
      }
    } catch (IOException e) {
      throw new CommandFailure("the server at " + base + " has gone, or was never there", e);
    } catch (JacksonException e) {
      throw new CommandFailure(
          "what answers at " + base + " is not the API of topology-xds (serve --api)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
    throw new CommandFailure("the server at " + base + " has ended");
  }

  private static void runOnEvents(BufferedReader lines, Runnable task) throws IOException {
    String line = lines.readLine();
    while (line != null) {
      if (line.startsWith("data:")) {
        task.run();
      }
      line = lines.readLine();
    }
  }

  private URI uri(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + LiveServer.encoded(p.getValue()))
            .collect(Collectors.joining("&"));
    return base.resolve("/api/v1/" + path + (query.isEmpty() ? "" : "?" + query));
  }

  @Override
  public List<ReplicaState> replicas() {
    return List.of();
  }

  /** Ends what is still under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}

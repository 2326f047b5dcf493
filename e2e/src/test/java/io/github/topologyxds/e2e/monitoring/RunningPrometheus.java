package io.github.topologyxds.e2e.monitoring;

import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus of this machine that scrapes one admin port, with our rules. */
final class RunningPrometheus implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private RunningPrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it; what it needs lies in the folder. */
  static RunningPrometheus start(Path folder, int adminPort) throws IOException {
    int port = FreePorts.next(1);
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: ["%s"]
            scrape_configs:
            - job_name: topology-xds
              static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(MonitoringFiles.ALERTS.toAbsolutePath().normalize(), adminPort));
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("prometheus.log").toFile()))
            .start();
    return new RunningPrometheus(process, port);
  }

  /** What it answers to a query now: {@code data.result} of its API. */
  JsonNode query(String query) throws IOException, InterruptedException {
    return get("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).path("result");
  }

  /** Every rule with its {@code health} and {@code state}. */
  JsonNode rules() throws IOException, InterruptedException {
    return get("rules").path("groups").path(0).path("rules");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
    String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    JsonNode answer = JSON.readTree(body);
    if (!answer.path("status").asString("").equals("success")) {
      throw new IOException(path + ": " + body);
    }
    return answer.path("data");
  }

  @Override
  public void close() {
    process.destroy();
    http.close();
  }
}

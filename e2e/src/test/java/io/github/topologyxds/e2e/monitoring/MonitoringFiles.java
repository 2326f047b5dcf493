package io.github.topologyxds.e2e.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and the dashboard that the chart brings. */
final class MonitoringFiles {
  static final Path ALERTS = Path.of("..", "deploy", "chart", "files", "alerts.yaml");
  static final Path TESTS = Path.of("src", "test", "resources", "monitoring", "alerts-test.yaml");
  private static final Path DASHBOARD = Path.of("..", "deploy", "chart", "files", "dashboard.json");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MonitoringFiles() {}

  /**
   * An alert.
   *
   * @param expression in PromQL
   * @param runbook where it is told of
   */
  record Alert(String name, String expression, String runbook) {
    /** What is compared: a query that has an answer while all is well, too. */
    String measured() {
      return expression.startsWith("absent(")
          ? expression.replaceAll("absent\\((.*)\\)", "$1")
          : expression.replaceFirst("\\s(==|>|<) [0-9.* ]+\\s*$", "");
    }
  }

  static List<Alert> alerts() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (JsonNode rule : yaml(ALERTS).path("groups").path(0).path("rules")) {
      alerts.add(
          new Alert(
              rule.path("alert").asString(),
              rule.path("expr").asString(),
              rule.path("annotations").path("runbook_url").asString()));
    }
    return alerts;
  }

  /** Every query of the dashboard, over all jobs. */
  static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : JSON.readTree(Files.readString(DASHBOARD)).path("panels")) {
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asString()));
    }
    return queries.stream().map(query -> query.replace("$job", ".+")).toList();
  }

  static JsonNode yaml(Path file) throws IOException {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return JSON.valueToTree(read);
  }
}

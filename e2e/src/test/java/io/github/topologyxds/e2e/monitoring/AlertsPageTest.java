package io.github.topologyxds.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.monitoring.MonitoringFiles.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever is woken by an alert finds what it means; and each has a test of its own. */
class AlertsPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern METRIC = Pattern.compile("\\btopology_xds_[a-z_]+");
  private static final Pattern HISTOGRAM = Pattern.compile("_bucket$");

  @Test
  void everyRunbookIsAHeading() throws IOException {
    List<String> headings =
        Files.readAllLines(DOCS.resolve("alerts.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring("## ".length()))
            .toList();

    assertThat(MonitoringFiles.alerts()).extracting(Alert::name).isEqualTo(headings);
    assertThat(MonitoringFiles.alerts())
        .allSatisfy(alert ->
            assertThat(alert.runbook())
                .isEqualTo("docs/alerts.md#" + alert.name().toLowerCase(Locale.ROOT)));
  }

  @Test
  void everyAlertHasATest() throws IOException {
    Set<String> tested = new TreeSet<>();
    Set<String> quiet = new TreeSet<>();
    for (JsonNode test : MonitoringFiles.yaml(MonitoringFiles.TESTS).path("tests")) {
      for (JsonNode rule : test.path("alert_rule_test")) {
        Set<String> to = rule.path("exp_alerts").isEmpty() ? quiet : tested;
        to.add(rule.path("alertname").asString());
      }
    }
    Set<String> names =
        MonitoringFiles.alerts().stream()
            .map(Alert::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(tested).isEqualTo(names);
    assertThat(quiet).isEqualTo(names);
  }

  @Test
  void everyMetricIsDocumented() throws IOException {
    String pages =
        Files.readString(DOCS.resolve("operating.md"))
            + Files.readString(DOCS.resolve("slices.md"));
    Set<String> metrics = new TreeSet<>();
    Stream.concat(
            MonitoringFiles.alerts().stream().map(Alert::expression),
            MonitoringFiles.queries().stream())
        .forEach(
            query -> METRIC.matcher(query).results().forEach(found -> metrics.add(found.group())));

    assertThat(metrics).hasSizeGreaterThan(20);
    assertThat(metrics)
        .allSatisfy(metric -> {
          String name = HISTOGRAM.matcher(metric).replaceFirst("");
          assertThat(pages.contains("`" + name) || isShortened(name, pages)).as(name).isTrue();
        });
  }

  /** {@code topology_xds_largest_service_ports, .._bytes}. */
  private static boolean isShortened(String name, String pages) {
    String last = name.substring(name.lastIndexOf('_'));
    String row = "`topology_xds_largest_service_ports`, `.._port_endpoints`, `.._bytes`";
    return name.startsWith("topology_xds_largest_service_")
        && pages.contains(row)
        && row.contains(last + "`");
  }
}

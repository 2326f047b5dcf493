package io.github.topologyxds.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code helm upgrade --reuse-values} gives the templates the defaults of the chart that was
 * installed, and not ours: a value that an older chart lacks must be what {@code values.yaml} says.
 */
class OlderChartTest {
  private static final String TLS = "tls: {secretName: xds-tls}\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void theTemplatesHaveTheDefaultsOfTheValues() {
    assertThat(RenderedChart.CHART.resolve("files/values.yaml"))
        .hasSameTextualContentAs(RenderedChart.CHART.resolve("values.yaml"));
  }

  @Test
  void nothingIsMissingWhereTheOlderChartHadNoneOfTheValues() throws Exception {
    assertThat(rendered("{}")).isEqualTo(RenderedChart.of(TLS).text());
  }

  @Test
  void nothingIsMissingWhereTheOlderChartHadSomeOfTheValues() throws Exception {
    Object values =
        RenderedChart.documents(Files.readString(RenderedChart.CHART.resolve("values.yaml")))
            .getFirst();
    Map<Object, Object> older = new LinkedHashMap<>();
    ((Map<?, ?>) values).forEach((key, value) -> older.put(key, withoutTheLast(value)));
    assertThat(rendered(JsonMapper.builder().build().writeValueAsString(older)))
        .isEqualTo(RenderedChart.of(TLS).text());
  }

  @Test
  void whatIsGivenIsKept() throws Exception {
    String given =
        TLS + "snapshot: {enabled: false}\nlimits: {streamsPerAddress: 7}\nreplicas: 3\n";
    Path chart = older("{}");
    assertThat(rendered(chart, given))
        .isEqualTo(RenderedChart.of(given).text())
        .contains("--max-streams-per-address=7")
        .doesNotContain("--snapshot");
  }

  /** A group of values without the one that came last. */
  private static Object withoutTheLast(Object value) {
    if (!(value instanceof Map<?, ?> group) || group.isEmpty()) {
      return value;
    }
    Map<Object, Object> less = new LinkedHashMap<>();
    Object last = group.keySet().toArray()[group.size() - 1];
    group.forEach((key, one) -> {
      if (!key.equals(last)) {
        less.put(key, withoutTheLast(one));
      }
    });
    return less;
  }

  private String rendered(String values) throws IOException {
    return rendered(older(values), TLS);
  }

  private static String rendered(Path chart, String given) throws IOException {
    Path file = RenderedChart.valuesFile(given);
    try {
      return new Helm(chart)
          .template()
          .withName("topology-xds")
          .withNamespace(RenderedChart.NAMESPACE)
          .withKubeVersion("1.36.0")
          .withValuesFile(file)
          .call();
    } finally {
      Files.delete(file);
    }
  }

  /** The chart, with other defaults. */
  private Path older(String values) throws IOException {
    Path chart = folder.resolve("chart");
    try (var files = Files.walk(RenderedChart.CHART)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = chart.resolve(RenderedChart.CHART.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Files.writeString(chart.resolve("values.yaml"), values);
    return chart;
  }
}

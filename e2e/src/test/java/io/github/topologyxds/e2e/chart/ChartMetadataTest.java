package io.github.topologyxds.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart says of itself, and what must be equal elsewhere. */
class ChartMetadataTest {
  private static final BigDecimal MEBI = BigDecimal.valueOf(1024 * 1024L);

  @Test
  void helmFindsNothingWrong() {
    LintResult lint = new Helm(RenderedChart.CHART).lint().strict().call();

    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    assertThat(lint.getMessages()).noneMatch(message -> message.matches("\\[(WARNING|ERROR)].*"));
  }

  @Test
  void itsVersionIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    Matcher version =
        Pattern.compile("<artifactId>topology-xds</artifactId>\\s*<version>(.+)</version>")
            .matcher(pom);
    assertThat(version.find()).isTrue();
    Object chart =
        RenderedChart.documents(Files.readString(RenderedChart.CHART.resolve("Chart.yaml")))
            .getFirst();

    assertThat(((Map<?, ?>) chart).get("version")).isEqualTo(version.group(1));
    assertThat(((Map<?, ?>) chart).get("appVersion")).isEqualTo(version.group(1));
  }

  /** A chart is packed alone, so it brings the kinds' definitions itself. */
  @Test
  void theKindsAreThoseOfTheBase() throws IOException {
    assertThat(RenderedChart.CHART.resolve("files/zonalshift-crd.yaml"))
        .hasSameTextualContentAs(Path.of("..", "deploy", "zonal-shift", "zonalshift-crd.yaml"));
    assertThat(RenderedChart.CHART.resolve("files/externalworkload-crd.yaml"))
        .hasSameTextualContentAs(Path.of("..", "deploy", "slices", "externalworkload-crd.yaml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "medium", "large", "xlarge"})
  void heapAndBuffersFitIntoTheMemoryOfTheSize(String size) throws IOException {
    Container container =
        RenderedChart.of("{tls: {secretName: a}, size: " + size + "}")
            .only(Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    String options = container.getEnv().getLast().getValue();
    BigDecimal heap = bytes(options, "-Xmx");
    BigDecimal buffers = bytes(options, "-XX:MaxDirectMemorySize=");
    BigDecimal memory = memory(container.getResources().getLimits());

    assertThat(memory).isGreaterThanOrEqualTo(heap.multiply(BigDecimal.TWO));
    // Code, classes and stacks beside them: 100 MiB and more (docs/performance.md).
    assertThat(memory.subtract(heap).subtract(buffers))
        .isGreaterThanOrEqualTo(MEBI.multiply(BigDecimal.valueOf(100)));
    assertThat(memory(container.getResources().getRequests())).isEqualByComparingTo(memory);
  }

  private static BigDecimal memory(Map<String, Quantity> quantities) {
    return Objects.requireNonNull(quantities.get("memory")).getNumericalAmount();
  }

  private static BigDecimal bytes(String options, String flag) {
    Matcher found = Pattern.compile(Pattern.quote(flag) + "([0-9]+)([mg])").matcher(options);
    assertThat(found.find()).as(flag).isTrue();
    BigDecimal mebi = new BigDecimal(found.group(1)).multiply(MEBI);
    return found.group(2).equals("g") ? mebi.multiply(BigDecimal.valueOf(1024)) : mebi;
  }
}

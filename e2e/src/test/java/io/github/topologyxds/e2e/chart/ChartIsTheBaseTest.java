package io.github.topologyxds.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.deploy.Kustomization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code values-base.yaml} makes what kustomize makes: whoever comes from there changes nothing but
 * who owns the objects, and the two cannot drift apart.
 */
class ChartIsTheBaseTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path BASE = RenderedChart.CHART.resolve("values-base.yaml");
  private static final String NAMESPACE = "topology-xds";

  @TempDir private Path folder = Path.of("");

  @Test
  void objectForObject() throws Exception {
    List<Object> base = RenderedChart.documents(Kustomization.render(DEPLOY));

    assertThat(base).hasSizeGreaterThanOrEqualTo(8);
    assertThat(withoutKeep(RenderedChart.of(NAMESPACE, BASE)))
        .containsExactlyInAnyOrderElementsOf(base);
  }

  /** Of the Deployment the flags alone are different, which an overlay adds by hand. */
  @Test
  void alsoTheSlices() throws Exception {
    List<Object> slices = RenderedChart.documents(Kustomization.render(DEPLOY.resolve("slices")));
    Path enabled = Files.writeString(folder.resolve("slices.yaml"), "slices: {enabled: true}");
    List<Object> chart = withoutKeep(RenderedChart.of(NAMESPACE, BASE, enabled));
    List<Object> base = RenderedChart.documents(Kustomization.render(DEPLOY));
    chart.removeAll(base);

    assertThat(chart).anyMatch(object -> object.toString().contains("--manage-slices"));
    chart.removeIf(object -> "Deployment".equals(((Map<?, ?>) object).get("kind")));
    assertThat(slices).hasSize(6);
    assertThat(chart).containsExactlyInAnyOrderElementsOf(slices);
  }

  @Test
  void alsoTheShifts() throws Exception {
    List<Object> shifts =
        RenderedChart.documents(
            Kustomization.render(DEPLOY.resolve("zonal-shift"))
                .replace("$(TOPOLOGY_XDS_NAMESPACE)", NAMESPACE));
    Path enabled = Files.writeString(folder.resolve("shift.yaml"), "zonalShift: {enabled: true}");
    List<Object> chart = withoutKeep(RenderedChart.of(NAMESPACE, BASE, enabled));
    chart.removeAll(RenderedChart.documents(Kustomization.render(DEPLOY)));

    assertThat(shifts).hasSize(6);
    assertThat(chart).containsExactlyInAnyOrderElementsOf(shifts);
  }

  /** Helm keeps what says so when the release goes; kustomize removes nothing by itself. */
  private static List<Object> withoutKeep(RenderedChart chart) {
    String text =
        chart
            .text()
            .replaceAll("(?m)^  annotations:\n(    #.*\n)?    helm.sh/resource-policy: keep\n", "");
    assertThat(text).doesNotContain("resource-policy");
    return new ArrayList<>(RenderedChart.documents(text));
  }
}

package io.github.topologyxds.e2e.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What Helm makes of the chart.
 *
 * @param text manifests, as {@code helm template} prints them
 */
record RenderedChart(String text) {
  static final Path CHART = Path.of("..", "deploy", "chart");
  static final String NAMESPACE = "infra";

  /** helm-java's library says that the cluster is of 1.20; the chart asks for 1.27. */
  private static final String KUBERNETES = "1.36.0";

  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();

  /**
   * Renders the chart into {@link #NAMESPACE}.
   *
   * @param values YAML, over the chart's own
   * @throws IllegalStateException with Helm's message
   */
  static RenderedChart of(String values) throws IOException {
    Path file = valuesFile(values);
    try {
      return of(NAMESPACE, file);
    } finally {
      Files.delete(file);
    }
  }

  /** Renders the chart into a Namespace, with files of values one over the other. */
  static RenderedChart of(String namespace, Path... values) {
    TemplateCommand command =
        new Helm(CHART)
            .template()
            .withName("topology-xds")
            .withNamespace(namespace)
            .withKubeVersion(KUBERNETES);
    for (Path file : values) {
      command.withValuesFile(file);
    }
    return new RenderedChart(command.call());
  }

  /** What Helm tells who has installed it. */
  static String notes(String values) throws IOException {
    Path file = valuesFile(values);
    try {
      InstallCommand command =
          new Helm(CHART)
              .install()
              .withName("topology-xds")
              .withNamespace(NAMESPACE)
              .withKubeVersion(KUBERNETES)
              .withValuesFile(file)
              .clientOnly()
              .dryRun();
      String output = command.call().getOutput();
      return output.substring(output.indexOf("NOTES:\n") + "NOTES:\n".length());
    } finally {
      Files.delete(file);
    }
  }

  static Path valuesFile(String values) throws IOException {
    return Files.writeString(Files.createTempFile("values", ".yaml"), values);
  }

  /** Every object as it is written, field for field. */
  List<Object> documents() {
    return documents(text);
  }

  static List<Object> documents(String yaml) {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(yaml)
        .forEach(document -> {
          if (document != null) {
            documents.add(document);
          }
        });
    return documents;
  }

  /** Every object as a class of the API; of kinds that fabric8 does not know, as a tree. */
  List<HasMetadata> objects() {
    return Pattern.compile("(?m)^---$")
        .splitAsStream(text)
        .filter(document -> document.contains("\nkind:"))
        .map(document -> (HasMetadata) OBJECTS.unmarshal(document))
        .toList();
  }

  /** The only object of a kind. */
  <T extends HasMetadata> T only(Class<T> kind) {
    List<T> found = objects().stream().filter(kind::isInstance).map(kind::cast).toList();
    if (found.size() != 1) {
      throw new AssertionError("the chart has %d of %s".formatted(found.size(), kind));
    }
    return found.getFirst();
  }

  /** The arguments of {@code topology-xds}. */
  String[] arguments() {
    return only(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getArgs()
        .toArray(new String[0]);
  }
}

package io.github.topologyxds.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.github.topologyxds.cli.RootCommand;
import io.github.topologyxds.e2e.deploy.UnknownFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every value of the chart does something; what is no value, or a wrong one, is refused. */
class ValuesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path CASES = Path.of("src", "test", "resources", "chart");
  private static final Map<String, String> TLS = Map.of("secretName", "xds-tls");

  /** Helm's own, for values that a parent chart shares. */
  private static final String GLOBAL = "global";

  static List<JsonNode> made() throws IOException {
    return cases("values.yaml");
  }

  static List<JsonNode> refused() throws IOException {
    return cases("refused.yaml");
  }

  private static List<JsonNode> cases(String file) throws IOException {
    JsonNode read = yaml(CASES.resolve(file));
    return StreamSupport.stream(read.spliterator(), false).toList();
  }

  private static JsonNode yaml(Path file) throws IOException {
    return JSON.valueToTree(RenderedChart.documents(Files.readString(file)).getFirst());
  }

  /** JSON is YAML. */
  static String withTls(JsonNode values) {
    if (values.has("tls")) {
      return values.toString();
    }
    Map<String, Object> merged = new TreeMap<>(Map.of("tls", TLS));
    values.properties().forEach(value -> merged.put(value.getKey(), value.getValue()));
    return JSON.writeValueAsString(merged);
  }

  @ParameterizedTest
  @MethodSource("made")
  void doesWhatItSays(JsonNode given) throws Exception {
    RenderedChart chart = RenderedChart.of(withTls(given.path("values")));
    String defaults = RenderedChart.of(withTls(JSON.createObjectNode())).text();

    if (given.has("makes")) {
      assertThat(chart.text()).contains(given.path("makes").asString());
      assertThat(defaults).doesNotContain(given.path("makes").asString());
    } else if (given.has("removes")) {
      assertThat(chart.text()).doesNotContain(given.path("removes").asString());
      assertThat(defaults).contains(given.path("removes").asString());
    }
    for (HasMetadata object : chart.objects()) {
      if (isOfTheApi(object)) {
        assertThat(UnknownFields.of(object)).as(object.getKind()).isEmpty();
      }
    }
    assertThatCode(() -> RootCommand.commandLine().parseArgs(chart.arguments()))
        .doesNotThrowAnyException();
  }

  /**
   * Of others' kinds, and of a kind's definition, fabric8 has no classes that say what there is.
   */
  private static boolean isOfTheApi(HasMetadata object) {
    return !(object instanceof GenericKubernetesResource
        || object instanceof CustomResourceDefinition);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(JsonNode given) {
    assertThatThrownBy(() -> RenderedChart.of(withTls(given.path("values"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(given.path("says").asString());
  }

  @Test
  void everyOneHasACase() throws IOException {
    Set<String> tried = new TreeSet<>();
    made().forEach(given -> leaves("", given.path("values"), tried));
    Set<String> values = new TreeSet<>();
    leaves("", yaml(RenderedChart.CHART.resolve("values.yaml")), values);

    assertThat(values).hasSizeGreaterThan(40);
    assertThat(values)
        .allSatisfy(value ->
            assertThat(tried).anyMatch(key -> key.equals(value) || key.startsWith(value + ".")));
    assertThat(refused()).hasSizeGreaterThanOrEqualTo(25);
  }

  /** Those that a Pod in a cluster has no use for are named. */
  @Test
  void everyFlagOfTheServerHasAValue() throws IOException {
    String arguments =
        Files.readString(RenderedChart.CHART.resolve("templates").resolve("_helpers.tpl"));
    Set<String> without = new TreeSet<>();
    CommandLine serve =
        Objects.requireNonNull(RootCommand.commandLine().getSubcommands().get("serve"));
    for (OptionSpec flag : serve.getCommandSpec().options()) {
      if (!arguments.contains("- " + flag.longestName())) {
        without.add(flag.longestName());
      }
    }

    assertThat(without)
        .containsExactly(
            "--api",
            "--api-host",
            "--api-insecure",
            "--context",
            "--files",
            "--help",
            "--kubeconfig");
  }

  /** A value that the schema does not know is refused, one that only the schema knows is untold. */
  @Test
  void theSchemaKnowsTheSameOnes() throws IOException {
    JsonNode schema =
        JSON.readTree(Files.readString(RenderedChart.CHART.resolve("values.schema.json")));
    JsonNode defaults = yaml(RenderedChart.CHART.resolve("values.yaml"));
    Set<String> known = new TreeSet<>();
    properties("", schema, defaults, known);
    known.remove(GLOBAL);
    Set<String> values = new TreeSet<>();
    keys("", defaults, values);

    assertThat(known).isEqualTo(values);
  }

  /** Lists and empty maps are values as a whole. */
  private static void leaves(String path, JsonNode node, Set<String> found) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field -> leaves(join(path, field.getKey()), field.getValue(), found));
    } else {
      found.add(path);
    }
  }

  private static void keys(String path, JsonNode node, Set<String> found) {
    node.properties()
        .forEach(field -> {
          found.add(join(path, field.getKey()));
          keys(join(path, field.getKey()), field.getValue(), found);
        });
  }

  /** What is below a map that is empty by default is the API's (resources, affinity). */
  private static void properties(String path, JsonNode schema, JsonNode values, Set<String> found) {
    JsonNode properties = schema.path("properties");
    if (properties.isMissingNode() || values.isEmpty()) {
      return;
    }
    assertThat(schema.path("additionalProperties").asBoolean(true)).as("more of " + path).isFalse();
    properties
        .properties()
        .forEach(field -> {
          found.add(join(path, field.getKey()));
          properties(
              join(path, field.getKey()), field.getValue(), values.path(field.getKey()), found);
        });
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}

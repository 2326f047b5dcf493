package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TranslateCommandTest {
  private static final Path EXAMPLE = Path.of("../docs/examples/example-svc.yaml");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldPutTheDocumentedExampleFirstForItsZone() {
    JsonNode printed = translate(EXAMPLE, "--zone", "zone-a");
    JsonNode locality = printed.path("endpoints").path(0).path("endpoints").path(0);
    assertThat(locality.path("priority").asInt(0)).isZero();
    assertThat(locality.path("locality").path("zone").asString()).isEqualTo("zone-a");
    JsonNode endpoint = locality.path("lbEndpoints").path(0).path("endpoint");
    assertThat(endpoint.path("hostname").asString()).isEqualTo("pod-1");
    assertThat(endpoint.at("/address/socketAddress/address").asString()).isEqualTo("10.127.2.3");
    JsonNode decision = printed.path("decisions").path(0);
    assertThat(decision.path("scope").asString()).isEqualTo("SameZone");
    assertThat(decision.path("basis").asString()).isEqualTo("HINTS");
    assertThat(decision.path("reason").asString()).isEqualTo("HINTS_FOR_ZONE");
  }

  @Test
  void shouldTakeTheZoneFromTheNodeBeforeTheFlag() {
    JsonNode printed = translate(EXAMPLE, "--node", "node-a", "--zone", "zone-b");
    assertThat(printed.at("/decisions/0/reason").asString()).isEqualTo("HINTS_FOR_ZONE");
    assertThat(translate(EXAMPLE, "--node", "new", "--zone", "zone-b").at("/decisions/0/reason"))
        .hasToString("\"HINTS_FOR_OTHERS\"");
  }

  @Test
  void shouldSayWhichLineHasAMistake() throws IOException {
    Path broken = folder.resolve("broken.yaml");
    String text = Files.readString(EXAMPLE);
    Files.writeString(broken, text.replace("  nodeName: node-a", "\tnodeName: node-a"));
    assertThat(run("translate", "-f", broken.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains("broken.yaml:41", "tab");

    Files.writeString(broken, text.replace("nodeName", "nodename"));
    JsonNode finding = translate(broken, "--zone", "zone-a").path("findings").path(0);
    assertThat(finding.path("reason").asString()).isEqualTo("FIELD_UNKNOWN");
    assertThat(finding.path("message").asString()).contains("nodeName");
    assertThat(finding.toString()).contains("41");
  }

  @Test
  void shouldFailInOneLineWhereThereIsNothingToRead() {
    assertThat(run("translate", "-f", folder.resolve("nowhere").toString())).isEqualTo(1);
    assertThat(run("translate", "-f", EXAMPLE.toString(), "--service", "a/b")).isEqualTo(1);
    assertThat(err.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("nowhere"))
        .anyMatch(line -> line.contains("no Service a/b"));
    assertThat(run("serve", "--files", folder.resolve("nowhere").toString(), "--listen", "[::1]:0"))
        .isEqualTo(1);
  }

  @Test
  void shouldPrintYamlToo() {
    assertThat(run("translate", "-f", EXAMPLE.toString(), "-o", "yaml")).isZero();
    assertThat(out.toString()).contains("decisions:").doesNotContain("{\"");
  }

  private JsonNode translate(Path input, String... flags) {
    out.getBuffer().setLength(0);
    String[] arguments = new String[flags.length + 3];
    arguments[0] = "translate";
    arguments[1] = "-f";
    arguments[2] = input.toString();
    System.arraycopy(flags, 0, arguments, 3, flags.length);
    assertThat(run(arguments)).as(err.toString()).isZero();
    return new JsonMapper().readTree(out.toString());
  }

  private int run(String... arguments) {
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return root.execute(arguments);
  }
}

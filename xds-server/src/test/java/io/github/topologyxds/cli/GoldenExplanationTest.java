package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.OmissionReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code explain} prints for the Services of the golden cases, word for word: {@code
 * explanation.json} beside the parts of what {@code translate} prints, written anew by the same
 * command.
 */
class GoldenExplanationTest {
  /** See {@link GoldenReasonsTest}: no file can say them. */
  private static final Set<DecisionReason> NOT_OFFLINE =
      EnumSet.of(
          DecisionReason.NEVER_READY,
          DecisionReason.ZONE_EMPTIED,
          DecisionReason.TRANSLATION_FAILED);

  static List<Path> cases() throws IOException {
    return GoldenTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldPrintThis(Path folder) throws IOException {
    JsonNode decisions = JsonMapper.shared().readTree(folder.resolve("decisions.json").toFile());
    StringBuilder printed = new StringBuilder();
    List<String> done = new ArrayList<>();
    for (JsonNode decision : decisions) {
      String cluster = decision.get("cluster").asString();
      String service = cluster.substring(0, cluster.lastIndexOf(':'));
      if (!done.contains(service)) {
        done.add(service);
        printed.append(explain(folder, service));
      }
    }

    Path expected = folder.resolve("explanation.json");
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(expected, printed.toString());
    }
    assertThat(printed.toString()).isEqualTo(Files.readString(expected));
  }

  private static String explain(Path folder, String service) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("explain", service, "-o", "json", "-f"));
    arguments.add(folder.resolve("input.yaml").toString());
    List<String> given =
        List.of(Files.readString(folder.resolve("arguments")).strip().split("\\s+"));
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).equals("--namespace")) {
        // Of the client: it names no endpoint.
        i++;
      } else {
        arguments.add(given.get(i));
      }
    }
    if (!given.contains("--node") && !given.contains("--zone")) {
      arguments.addAll(List.of("--zone", ""));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(root.execute(arguments.toArray(String[]::new))).as(err.toString()).isIn(0, 3);
    return out.toString();
  }

  @Test
  void shouldHaveEveryReasonWithItsWholeDecision() throws IOException {
    Set<DecisionReason> decided = EnumSet.noneOf(DecisionReason.class);
    Set<OmissionReason> leftOut = EnumSet.noneOf(OmissionReason.class);
    for (Path folder : cases()) {
      try (var documents =
          JsonMapper.shared()
              .readerFor(JsonNode.class)
              .<JsonNode>readValues(folder.resolve("explanation.json").toFile())) {
        while (documents.hasNext()) {
          for (JsonNode port : documents.next().get("ports")) {
            decided.add(DecisionReason.valueOf(port.at("/decision/reason").asString()));
            port.get("leftOut")
                .forEach(o -> leftOut.add(OmissionReason.valueOf(o.get("reason").asString())));
          }
        }
      }
    }

    assertThat(decided).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(NOT_OFFLINE)));
    assertThat(leftOut)
        .isEqualTo(
            EnumSet.complementOf(
                EnumSet.of(OmissionReason.NEVER_READY, OmissionReason.ZONE_EMPTIED)));
  }
}

package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.replicas.ReplicaState;
import io.github.topologyxds.explain.report.ExplanationText.Detail;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a command prints what people read first. */
public final class ReportFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Mixin private FormatFlag flag = new FormatFlag();

  /**
   * Returns a report that a running server writes, likewise.
   *
   * @param path behind {@code /api/v1/}
   */
  public Answer ask(LiveServer server, String path, Map<String, String> parameters) {
    Map<String, String> asked = new LinkedHashMap<>(parameters);
    switch (flag.format()) {
      case TABLE, TEXT -> asked.put("text", "table");
      case WIDE -> asked.put("text", "wide");
      case JSON, YAML -> {}
    }
    JsonNode answer = server.get(path, asked);
    if (answer instanceof ObjectNode object) {
      ReplicaState.addTo(object, server.replicas());
    }
    return new Answer(write(detail -> answer.path("text").asString(""), mapper -> answer), answer);
  }

  /**
   * An answer of a server.
   *
   * @param written in the format that was asked for
   */
  public record Answer(String written, JsonNode json) {}

  /** Prints a report, with a line feed at its end. */
  public void print(String written) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(written);
    out.flush();
  }

  /**
   * Returns a report in the format that was asked for, without a line feed at its end.
   *
   * @param text writes it for people
   * @param tree writes it with a mapper
   */
  public String write(Function<Detail, String> text, Function<ObjectMapper, JsonNode> tree) {
    return switch (flag.format()) {
      case TABLE, TEXT -> text.apply(Detail.TABLE).stripTrailing();
      case WIDE -> text.apply(Detail.WIDE).stripTrailing();
      case JSON, YAML ->
          flag.format()
              .mapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(tree.apply(flag.format().mapper()))
              .stripTrailing();
    };
  }
}

package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@code plan} over a folder, and applies what it prints to a file of that folder. */
public record PlanRun(Path folder) {
  private static final String SLICES = "slices.json";
  private static final JsonMapper JSON = new JsonMapper();

  public static PlanRun of(Path folder) {
    return new PlanRun(folder);
  }

  public Result plan(List<String> flags) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("plan", "-f", folder.toString()));
    arguments.addAll(flags);
    int exit = root.execute(arguments.toArray(String[]::new));
    assertThat(exit).as(err.toString()).isZero();
    return new Result(JSON.readTree(out.toString()));
  }

  /** What was printed. */
  public record Result(JsonNode document) {
    boolean isEmpty() {
      return document.path("create").isEmpty()
          && document.path("update").isEmpty()
          && document.path("delete").isEmpty();
    }

    List<String> messages() {
      return strings("message");
    }

    List<String> reasons() {
      return strings("reason");
    }

    private List<String> strings(String field) {
      List<String> strings = new ArrayList<>();
      document.path("findings").forEach(f -> strings.add(f.path(field).asString()));
      return strings;
    }

    /** As the API server would: new slices get names, and everything a uid and a version. */
    PlanRun apply(Path folder) throws IOException {
      Map<String, JsonNode> slices = new TreeMap<>();
      Path file = folder.resolve(SLICES);
      if (Files.exists(file)) {
        JSON.readTree(Files.readString(file)).path("items").forEach(s -> slices.put(key(s), s));
      }
      document.path("delete").forEach(key -> slices.remove(key.asString()));
      document.path("update").forEach(slice -> slices.put(key(slice), slice));
      for (JsonNode slice : document.path("create")) {
        ObjectNode metadata = (ObjectNode) slice.path("metadata");
        int number = 1000 - slices.size();
        metadata.put("name", metadata.path("generateName").asString() + "x" + number);
        metadata.put("uid", "slice-" + number).put("resourceVersion", "7");
        slices.put(key(slice), slice);
      }
      ObjectNode list = JSON.createObjectNode();
      list.put("apiVersion", "v1").put("kind", "List");
      list.putArray("items").addAll(slices.values());
      Files.writeString(file, JSON.writeValueAsString(list));
      return new PlanRun(folder);
    }

    private static String key(JsonNode slice) {
      JsonNode metadata = slice.path("metadata");
      return metadata.path("namespace").asString() + "/" + metadata.path("name").asString();
    }
  }
}

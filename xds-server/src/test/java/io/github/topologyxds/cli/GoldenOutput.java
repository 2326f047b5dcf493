package io.github.topologyxds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What {@code translate} has printed, cut into its parts without a word lost: one file for each
 * type of resource, one for decisions and one for findings.
 *
 * @param parts the text of each field of the document, by name, in their order
 */
record GoldenOutput(Map<String, String> parts) {
  static final List<String> NAMES =
      List.of("clusters", "endpoints", "routes", "listeners", "decisions", "findings");

  private static final Pattern FIELD = Pattern.compile("(?m)^  \"(\\w+)\" : ");

  /** Cuts a document that is printed with two spaces for each level. */
  static GoldenOutput cut(String document) {
    List<MatchResult> fields = FIELD.matcher(document).results().toList();
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      boolean last = i == fields.size() - 1;
      int end = last ? document.lastIndexOf("\n}") : fields.get(i + 1).start() - ",\n".length();
      String part = document.substring(fields.get(i).end(), end);
      parts.put(fields.get(i).group(1), part.replace("\n  ", "\n") + "\n");
    }
    return new GoldenOutput(parts);
  }

  /** Returns the document that was cut. */
  String joined() {
    List<String> fields = new ArrayList<>();
    parts.forEach(
        (name, part) -> fields.add("  \"" + name + "\" : " + part.strip().replace("\n", "\n  ")));
    return "{\n" + String.join(",\n", fields) + "\n}\n";
  }

  /** Reads the files of a case. */
  static GoldenOutput read(Path folder) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String name : NAMES) {
      parts.put(name, Files.readString(folder.resolve(name + ".json")));
    }
    return new GoldenOutput(parts);
  }

  /** Writes the files of a case. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> part : parts.entrySet()) {
      Files.writeString(folder.resolve(part.getKey() + ".json"), part.getValue());
    }
  }
}

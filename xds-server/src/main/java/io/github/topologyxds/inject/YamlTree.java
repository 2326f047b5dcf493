package io.github.topologyxds.inject;

import io.github.topologyxds.bootstrap.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Trees of maps, lists, texts, numbers and booleans as YAML: in lines, or as JSON on one. */
final class YamlTree {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/$][A-Za-z0-9_./()$:-]*[A-Za-z0-9)]");

  /** What YAML 1.1, which kubectl reads, takes for something else than a text. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null");

  private YamlTree() {}

  /** Returns the lines of {@code key: value} with this indent. */
  static List<String> entry(String key, Object value, String indent) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> lines = new ArrayList<>(List.of(indent + key + ":"));
        map.forEach((name, inner) -> lines.addAll(entry(name.toString(), inner, indent + "  ")));
        yield lines;
      }
      case List<?> list -> {
        List<String> lines = new ArrayList<>(List.of(indent + key + ":"));
        list.forEach(item -> lines.addAll(item(item, indent)));
        yield lines;
      }
      case String text when text.indexOf('\n') >= 0 -> literal(indent + key + ": ", text, indent);
      default -> List.of(indent + key + ": " + scalar(value));
    };
  }

  /** Returns the lines of an item of a list, whose dash has this indent. */
  static List<String> item(Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      List<String> lines = new ArrayList<>();
      map.forEach((name, inner) -> lines.addAll(entry(name.toString(), inner, indent + "  ")));
      lines.set(0, indent + "- " + lines.getFirst().substring(indent.length() + 2));
      return lines;
    }
    return value instanceof String text && text.indexOf('\n') >= 0
        ? literal(indent + "- ", text, indent)
        : List.of(indent + "- " + scalar(value));
  }

  /** Returns the value on one line, as YAML and JSON both read it. */
  static String flow(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> YamlScalar.quote(e.getKey().toString()) + ": " + flow(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(YamlTree::flow).collect(Collectors.joining(", ", "[", "]"));
      case String text -> YamlScalar.quote(text);
      default -> value.toString();
    };
  }

  private static List<String> literal(String begin, String text, String indent) {
    List<String> lines = new ArrayList<>(List.of(begin + "|"));
    text.lines().forEach(line -> lines.add(indent + "  " + line));
    return lines;
  }

  private static String scalar(Object value) {
    return value instanceof String text && (!PLAIN.matcher(text).matches() || WORDS.contains(text))
        ? YamlScalar.quote(text)
        : value.toString();
  }
}

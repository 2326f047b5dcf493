package io.github.topologyxds.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured, under short names, in order; and whether nobody was left out. */
record LoadReport(Map<String, Object> figures, boolean complete) {

  LoadReport {
    figures = new LinkedHashMap<>(figures);
  }

  /** One object on one line. */
  String json() {
    StringBuilder out = new StringBuilder("{");
    figures.forEach((name, value) -> {
      out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
      if (value instanceof Number) {
        out.append(number(value));
      } else {
        out.append('"').append(value.toString().replace("\\", "\\\\").replace("\"", "\\\""));
        out.append('"');
      }
    });
    return out.append("}\n").toString();
  }

  /** For people. */
  String table() {
    StringBuilder out = new StringBuilder();
    figures.forEach((name, value) ->
        out.append(
            String.format(
                Locale.ROOT, "%-28s %s%n", name, value instanceof Number ? number(value) : value)));
    return out.toString();
  }

  private static String number(Object value) {
    if (!(value instanceof Double number)) {
      return value.toString();
    }
    return String.format(Locale.ROOT, number < 1 ? "%.4f" : "%.2f", number);
  }
}

package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.explain.report.ExplanationText.Detail;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@link Check} for people and as JSON; the names are stable, docs/check.md has them. */
public final class CheckReport {
  private static final int STATE_WIDTH = 6;

  /** So many lines of one code are printed. */
  private static final int ALIKE = 6;

  private final Check check;

  /** Reports so. */
  public CheckReport(Check check) {
    this.check = check;
  }

  /** Returns the lines by section, and how many errors and warnings there are. */
  public String text(Detail detail) {
    StringBuilder text = new StringBuilder();
    for (Section section : Section.values()) {
      if (check.lines().stream().noneMatch(line -> line.section() == section)) {
        continue;
      }
      text.append(section.label())
          .append(section == Section.SERVICES ? "  (" + check.services() + ")\n" : "\n");
      Map<String, Integer> told = new LinkedHashMap<>();
      for (CheckLine line : check.lines()) {
        if (line.section() == section && isTold(told, line, detail)) {
          line(text, line);
        }
      }
      told.forEach((code, number) -> more(text, code, number, detail));
    }
    return text.append(count(check.count(State.ERROR), "error"))
        .append(", ")
        .append(count(check.count(State.WARNING), "warning"))
        .append('\n')
        .toString();
  }

  /** Of many alike a few are enough, unless everything is asked for. */
  private static boolean isTold(Map<String, Integer> told, CheckLine line, Detail detail) {
    int number = told.merge(line.code(), 1, Integer::sum);
    return detail == Detail.WIDE || number <= ALIKE;
  }

  private static void more(StringBuilder text, String code, int number, Detail detail) {
    if (detail == Detail.TABLE && number > ALIKE) {
      text.append("  and ")
          .append(number - ALIKE)
          .append(" more lines of ")
          .append(code)
          .append(" (-o wide)\n");
    }
  }

  private static void line(StringBuilder text, CheckLine line) {
    String state = label(line.state());
    text.append("  ")
        .append(state)
        .append(" ".repeat(STATE_WIDTH - state.length()))
        .append(line.fact())
        .append("   ")
        .append(line.code())
        .append('\n');
    if (!line.mend().isEmpty()) {
      text.append(" ".repeat(STATE_WIDTH + 2)).append("-> ").append(line.mend()).append('\n');
    }
  }

  private static String count(long number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private static String label(State state) {
    return switch (state) {
      case OK, NOTE -> state.name().toLowerCase(Locale.ROOT);
      case WARNING -> "WARN";
      case ERROR -> "ERROR";
    };
  }

  /** Returns the document. */
  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode root = mapper.createObjectNode();
    root.put("services", check.services());
    root.put("errors", check.count(State.ERROR));
    root.put("warnings", check.count(State.WARNING));
    ArrayNode lines = root.putArray("checks");
    for (CheckLine line : check.lines()) {
      line.addTo(lines.addObject());
    }
    return root;
  }
}

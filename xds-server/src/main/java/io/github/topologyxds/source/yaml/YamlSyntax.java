package io.github.topologyxds.source.yaml;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The parser's errors as one line that says where, what, and what was probably meant; without a
 * word of the text itself but the names of fields that the API has.
 */
final class YamlSyntax {
  private static final Pattern KEY = Pattern.compile("( *+)(?:- ++)*+([A-Za-z][A-Za-z0-9]*+):.*");

  /** As much of a line as is looked at: it may be 20 MB of JSON. */
  private static final int MAX_LINE = 200;

  private YamlSyntax() {}

  static ManifestSyntaxException explain(YamlEngineException error, String text) {
    if (error instanceof ReaderException reader) {
      return unprintable(reader, text);
    }
    if (!(error instanceof MarkedYamlEngineException marked)) {
      return new ManifestSyntaxException(0, SyntaxWords.yaml(""));
    }
    String problem = Objects.requireNonNullElse(marked.getProblem(), "");
    Optional<Mark> spot = marked.getProblemMark().or(marked::getContextMark);
    if (spot.isEmpty()) {
      return new ManifestSyntaxException(0, SyntaxWords.yaml(problem));
    }
    int line = spot.get().getLine() + 1;
    boolean tab = lineAt(text, startOf(text, line)).stripTrailing().matches("\\s*\t.*");
    if (tab || problem.contains("TAB")) {
      return new ManifestSyntaxException(line, SyntaxWords.yaml("TAB"));
    }
    boolean misplaced = problem.contains("not allowed here") || problem.contains("<block end>");
    String guess = misplaced ? guess(text, line) : "";
    return new ManifestSyntaxException(
        line, SyntaxWords.yaml(problem) + context(marked, line) + guess);
  }

  private static ManifestSyntaxException unprintable(ReaderException error, String text) {
    int end =
        text.offsetByCodePoints(
            0, Math.min(error.getPosition(), text.codePointCount(0, text.length())));
    int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    return new ManifestSyntaxException(
        line, String.format("the character U+%04X is not allowed in YAML", error.getCodePoint()));
  }

  private static String context(MarkedYamlEngineException error, int line) {
    int begun = error.getContextMark().map(mark -> mark.getLine() + 1).orElse(line);
    return begun == line ? "" : ", in what begins at line " + begun;
  }

  /**
   * The commonest mistake: a key that belongs further left or right, as "endpoints" under "ports".
   * A key among a list's dashes is certainly one.
   */
  private static String guess(String text, int line) {
    int start = startOf(text, line);
    Matcher key = KEY.matcher(lineAt(text, start));
    if (!key.matches()) {
      return "";
    }
    int indent = key.group(1).length();
    for (int above = line - 1; above > 0; above--) {
      start = text.lastIndexOf('\n', start - 2) + 1;
      Matcher parent = KEY.matcher(lineAt(text, start));
      if (parent.matches() && parent.group(1).length() < indent) {
        return "; "
            + named(key.group(2), "the key")
            + " stands under "
            + named(parent.group(2), "the one")
            + " of line "
            + above
            + ": if it belongs beside it, indent it by "
            + parent.group(1).length()
            + " instead of "
            + indent
            + " spaces";
      }
    }
    return "";
  }

  private static String named(String key, String otherwise) {
    return FieldNames.has(key) ? "\"" + key + "\"" : otherwise;
  }

  private static int startOf(String text, int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return text.length(); // The parser counts other characters as ends of lines too.
      }
      start = end + 1;
    }
    return start;
  }

  private static String lineAt(String text, int start) {
    int end = text.indexOf('\n', start);
    int last = end < 0 ? text.length() : end;
    return text.substring(start, Math.min(last, start + MAX_LINE));
  }
}

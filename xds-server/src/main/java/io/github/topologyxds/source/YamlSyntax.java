package io.github.topologyxds.source;

import io.github.topologyxds.model.Finding;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The parser's errors as one line that says where, what, and what was probably meant. */
final class YamlSyntax {
  private static final Pattern KEY = Pattern.compile("^( *)(?:- +)*([A-Za-z][A-Za-z0-9]*):.*");

  private YamlSyntax() {}

  static ManifestSyntaxException explain(YamlEngineException error, String text) {
    if (error instanceof ReaderException reader) {
      return unprintable(reader, text);
    }
    if (!(error instanceof MarkedYamlEngineException marked)) {
      return new ManifestSyntaxException(0, oneLine(error.getMessage()));
    }
    Optional<Mark> spot = marked.getProblemMark().or(marked::getContextMark);
    if (spot.isEmpty()) {
      return new ManifestSyntaxException(0, oneLine(marked.getProblem()));
    }
    int line = spot.get().getLine() + 1;
    String written = line(text, line);
    if (written.stripTrailing().matches("\\s*\t.*")
        || oneLine(marked.getProblem()).contains("TAB")) {
      return new ManifestSyntaxException(
          line, "a tab is used for indentation; YAML allows only spaces there");
    }
    String problem = oneLine(marked.getProblem());
    boolean dedented = problem.startsWith("expected <block end>");
    String what = dedented ? "the indentation of this line fits nothing above it," : problem;
    String where = context(marked, line);
    return new ManifestSyntaxException(line, what + where + guess(text, line, written));
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
    String context = oneLine(error.getContext());
    if (context.isEmpty()) {
      return "";
    }
    int begun = error.getContextMark().map(mark -> mark.getLine() + 1).orElse(line);
    return " " + context + (begun == line ? "" : ", which begins at line " + begun);
  }

  /**
   * The commonest mistake: a key that belongs further left or right, as "endpoints" under "ports".
   * A key among a list's dashes is certainly one.
   */
  private static String guess(String text, int line, String written) {
    Matcher key = KEY.matcher(written);
    if (!key.matches()) {
      return "";
    }
    int indent = key.group(1).length();
    for (int above = line - 1; above > 0; above--) {
      Matcher parent = KEY.matcher(line(text, above));
      if (parent.matches() && parent.group(1).length() < indent) {
        return "; \""
            + key.group(2)
            + "\" stands under \""
            + parent.group(2)
            + "\" (line "
            + above
            + "): if it belongs beside it, indent it by "
            + parent.group(1).length()
            + " instead of "
            + indent
            + " spaces";
      }
    }
    return "";
  }

  private static String line(String text, int number) {
    int start = 0;
    for (int i = 1; i < number && start >= 0; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return "";
      }
    }
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "" : Finding.quote(message.strip());
  }
}

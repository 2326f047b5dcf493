package io.github.topologyxds.source.yaml;

import java.util.List;

/**
 * Parsers' messages in words of our own. A parser quotes the text, which may be a Secret's: nothing
 * of a text that cannot be read may reach a log, so that only what is listed here is ever said.
 */
final class SyntaxWords {
  /** What snakeyaml-engine 3 says (ScannerImpl, ParserImpl), and what the user reads. */
  private static final List<Words> YAML =
      List.of(
          new Words("TAB", "a tab is used for indentation; YAML allows only spaces there"),
          new Words("mapping values are not allowed", "a \": \" stands where none may; quote it"),
          new Words("could not find expected ':'", "a key must be followed by \": \" in its line"),
          new Words("cannot start any token", "a value that begins so must stand in quotes"),
          new Words("tag handle", "a tag (!) that is declared nowhere"),
          new Words("escape", "a \\ in double quotes that no escape follows"),
          new Words("unexpected end of stream", "the text ends within quotes"),
          new Words("unexpected document separator", "a document ends within quotes"),
          new Words("sequence entries are not allowed", "a \"- \" stands where no list may begin"),
          new Words("mapping keys are not allowed", "a key stands where none may begin"),
          new Words("expected the node content", "a value is missing"),
          new Words("expected <block end>", "the indentation of this line fits nothing above it"),
          new Words("expected ',' or ']'", "a comma or a ] is missing"),
          new Words("expected ',' or '}'", "a comma or a } is missing"),
          new Words("expected '<document start>'", "a further document must begin with ---"),
          new Words("valid version", "a line that begins with % is no directive of YAML"),
          new Words("a digit", "a line that begins with % is no directive of YAML"),
          new Words("directive", "a line that begins with % is no directive of YAML"),
          new Words("incompatible YAML", "YAML of this version is not read"),
          new Words("alphabetic or numeric", "a & or * must be followed by a name, or be quoted"),
          new Words("unexpected character found", "a & or * must be followed by a name"),
          new Words("indentation indicator", "what follows a | or > does not belong there"),
          new Words("comment or a line break", "what follows a | or > does not belong there"));

  /** What jackson-core 3 says (the parsers' base classes), and what the user reads. */
  private static final List<Words> JSON =
      List.of(
          new Words("end-of-input", "the text ends too early"),
          new Words("expecting comma", "a comma or a closing bracket is missing"),
          new Words("expecting double-quote", "a name in double quotes must stand here"),
          new Words("expecting a colon", "a colon is missing after a name"),
          new Words("Unrecognized token", "a text must stand in double quotes"),
          new Words("Illegal unquoted character", "a line break within double quotes"),
          new Words("character escape", "a \\ that no escape follows"),
          new Words("close marker", "a bracket is closed that is not open"),
          new Words("nesting depth", "more than 500 levels of nesting"),
          new Words("maximum allowed", "a value is too long"),
          new Words("numeric", "a number that JSON does not have"),
          new Words("expecting", "a value must stand here"));

  private record Words(String said, String ours) {}

  private SyntaxWords() {}

  static String yaml(String problem) {
    return find(YAML, problem, "this is no YAML");
  }

  static String json(String problem) {
    return find(JSON, problem, "this is no JSON");
  }

  private static String find(List<Words> words, String problem, String otherwise) {
    return words.stream()
        .filter(one -> problem.contains(one.said))
        .map(Words::ours)
        .findFirst()
        .orElse(otherwise);
  }
}

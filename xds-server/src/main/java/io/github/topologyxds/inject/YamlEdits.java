package io.github.topologyxds.inject;

import io.github.topologyxds.inject.WrittenMapping.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A text of YAML, and what is put into it: lines, wherever it is written in lines. */
final class YamlEdits {
  private final String text;
  private final String newline;
  private final List<Edit> edits = new ArrayList<>();

  /** The characters from begin to end, which may be none, become the text. */
  private record Edit(int begin, int end, String text) {}

  YamlEdits(String text) {
    this.text = text;
    this.newline = text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** Returns the text with all that was put into it. */
  String result() {
    StringBuilder result = new StringBuilder(text);
    // Those at one place keep their order: the last of them is put there first.
    List<Edit> last = new ArrayList<>(edits.reversed());
    last.sort(Comparator.comparingInt(Edit::begin).reversed());
    last.forEach(edit -> result.replace(edit.begin, edit.end, edit.text));
    return result.toString();
  }

  /**
   * Puts items at the head of a list, which is made where there is none.
   *
   * @param beside the field that a new list is put before (it begins a line) or behind
   */
  void prepend(WrittenMapping parent, String list, List<?> items, Field beside)
      throws InjectionRefused {
    Optional<Field> field = parent.field(list);
    if (field.isEmpty()) {
      add(parent, list, items, beside);
      return;
    }
    Field found = field.get();
    if (found.aliased()) {
      throw parent.refused("has an alias (*) as " + list + "; write it out");
    }
    if (hasProperties(found.value())) {
      throw parent.refused(anchored(list));
    }
    if (found.isNull() || isEmptyList(found.value())) {
      fill(parent, found, items);
    } else if (!(found.value() instanceof SequenceNode sequence)) {
      throw parent.refused(list + " is no list");
    } else if (sequence.getFlowStyle() == FlowStyle.FLOW) {
      String inner = YamlTree.flow(items);
      insertInFlow(sequence, inner.substring(1, inner.length() - 1));
    } else {
      insertLines(endOfLine(end(found.key())), itemLines(items, indentOfLine(begin(sequence))));
    }
  }

  private void add(WrittenMapping parent, String key, List<?> items, Field beside)
      throws InjectionRefused {
    if (parent.inFlow()) {
      if (hasProperties(parent.node())) {
        throw parent.refused(anchored("the mapping"));
      }
      insertInFlow(parent.node(), "\"" + key + "\": " + YamlTree.flow(items));
      return;
    }
    int begin = begin(beside.key());
    int line = startOfLine(begin);
    if (text.substring(line, begin).isBlank()) {
      insertLines(
          aboveComments(line, text.substring(line, begin)),
          YamlTree.entry(key, items, text.substring(line, begin)));
      return;
    }
    // The first field of an item, behind its dash.
    Mark from = WrittenMapping.mark(beside.value().getStartMark());
    Mark to = WrittenMapping.mark(beside.value().getEndMark());
    if (beside.aliased() || from.getLine() != to.getLine()) {
      throw parent.refused(beside.key().getValue() + " is not on one line");
    }
    insertLines(
        endOfLine(end(beside.value())), YamlTree.entry(key, items, " ".repeat(begin - line)));
  }

  /** A list that is null or empty: what stands for it goes, and lines follow. */
  private void fill(WrittenMapping parent, Field field, List<?> items) {
    int begin = begin(field.value());
    int end = end(field.value());
    if (parent.inFlow()) {
      edits.add(new Edit(begin, end, (begin == end ? " " : "") + YamlTree.flow(items)));
      return;
    }
    if (begin != end) {
      int gap = begin;
      while (text.charAt(gap - 1) == ' ') {
        gap--;
      }
      edits.add(new Edit(gap, end, ""));
    }
    int key = begin(field.key());
    String indent = " ".repeat(key - startOfLine(key));
    insertLines(endOfLine(Math.max(end(field.key()), end)), itemLines(items, indent));
  }

  /** Whether an anchor or a tag stands before it: what begins there is not the value. */
  private boolean hasProperties(Node node) {
    int begin = begin(node);
    return begin < text.length() && "&!".indexOf(text.charAt(begin)) >= 0;
  }

  private static String anchored(String what) {
    return "has an anchor (&) or a tag (!) at " + what + "; write it without";
  }

  private static boolean isEmptyList(Node node) {
    return node instanceof SequenceNode sequence && sequence.getValue().isEmpty();
  }

  private static List<String> itemLines(List<?> items, String indent) {
    return items.stream().flatMap(item -> YamlTree.item(item, indent).stream()).toList();
  }

  /** Behind the bracket that opens a list or mapping in flow style, which is not empty. */
  private void insertInFlow(Node node, String inner) {
    int behind = begin(node) + 1;
    int next = behind;
    while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    boolean ownLine = text.substring(behind, next).indexOf('\n') >= 0;
    if (ownLine) {
      int line = startOfLine(next);
      edits.add(new Edit(line, line, text.substring(line, next) + inner + "," + newline));
    } else {
      edits.add(new Edit(behind, behind, inner + ", "));
    }
  }

  private void insertLines(int at, List<String> lines) {
    boolean unended = at == text.length() && at > 0 && text.charAt(at - 1) != '\n';
    String joined = String.join(newline, lines);
    edits.add(new Edit(at, at, unended ? newline + joined : joined + newline));
  }

  /** A comment right above a field belongs to it; one with another indent may be a text's. */
  private int aboveComments(int line, String indent) {
    int start = line;
    while (start > 0) {
      int above = startOfLine(start - 1);
      if (!text.startsWith(indent + "#", above)) {
        return start;
      }
      start = above;
    }
    return start;
  }

  private String indentOfLine(int at) {
    return text.substring(startOfLine(at), at);
  }

  private int startOfLine(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private int endOfLine(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  private int begin(Node node) {
    return offset(WrittenMapping.mark(node.getStartMark()));
  }

  private int end(Node node) {
    return offset(WrittenMapping.mark(node.getEndMark()));
  }

  /** The parser counts code points. */
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }
}

package io.github.topologyxds.source.yaml;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.yaml.FieldType.Fields;
import io.github.topologyxds.source.yaml.FieldType.ListOf;
import io.github.topologyxds.source.yaml.FieldType.MapOf;
import io.github.topologyxds.source.yaml.ManifestNode.Entry;
import io.github.topologyxds.source.yaml.ManifestNode.Mapping;
import io.github.topologyxds.source.yaml.ManifestNode.Scalar;
import io.github.topologyxds.source.yaml.ManifestNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of one object into maps and lists that bind to fabric8's class without an error,
 * and notes each field that the class does not have or that has another type, with its line. Lives
 * on one thread's stack.
 */
public final class ObjectDecoder {
  /** One mistake; {@code count} places have it, the first at {@code line}. */
  public record Mistake(Reason reason, int line, String message, int count) {
    private Mistake again() {
      return new Mistake(reason, line, message, count + 1);
    }
  }

  private final Map<String, Mistake> mistakes = new LinkedHashMap<>();

  /**
   * Returns the fields of an object that its type has, by name, with their values in the types of
   * these fields.
   *
   * @param owner the type whose fields count
   */
  public Map<String, @Nullable Object> decode(Mapping object, Class<?> owner) {
    return fields(object, new Fields(owner), FieldPath.root(owner));
  }

  /** Returns what was wrong with the fields decoded so far. */
  public Collection<Mistake> mistakes() {
    return mistakes.values();
  }

  private Map<String, @Nullable Object> fields(Mapping object, Fields owner, FieldPath path) {
    Map<String, FieldType> known = owner.byName();
    Map<String, @Nullable Object> values = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Entry entry : object.entries()) {
      FieldPath field = path.field(entry.key());
      FieldType type = known.get(entry.key());
      if (!seen.add(entry.key())) {
        duplicate(entry, field);
      } else if (type == null) {
        unknown(entry, owner, path);
      } else if (!ManifestNode.isNull(entry.value())) {
        Object value = value(entry.value(), type, field);
        if (value != null) {
          values.put(entry.key(), value);
        }
      }
    }
    return values;
  }

  /**
   * A field too many does no harm, but a list or mapping that belongs further out is missing there:
   * a slice would lose all its endpoints, so it is refused.
   */
  private void unknown(Entry entry, Fields owner, FieldPath path) {
    String suggestion = FieldSuggestion.of(entry.key(), owner, path);
    boolean misplaced =
        !(entry.value() instanceof Scalar)
            && !FieldSuggestion.furtherOut(entry.key(), path).isEmpty();
    Reason reason = misplaced ? Reason.OBJECT_INVALID : Reason.FIELD_UNKNOWN;
    note(reason, entry.line(), "there is no field " + path.field(entry.key()) + suggestion);
  }

  private @Nullable Object value(ManifestNode node, FieldType type, FieldPath path) {
    return switch (type) {
      case FieldType.Anything anything -> null;
      case FieldType.Text text ->
          node instanceof Scalar scalar && PlainScalar.isText(scalar)
              ? scalar.text()
              : wrong(node, path, "a text" + quoteIt(node));
      case FieldType.Bool bool ->
          node instanceof Scalar scalar && PlainScalar.bool(scalar).isPresent()
              ? PlainScalar.bool(scalar).get()
              : wrong(node, path, "true or false");
      case FieldType.Whole whole -> whole(node, whole, path);
      case FieldType.WholeOrText either -> wholeOrText(node, path);
      case ListOf list -> list(node, list, path);
      case MapOf map -> map(node, map, path);
      case Fields owner ->
          node instanceof Mapping mapping
              ? fields(mapping, owner, path.holding(owner))
              : wrong(node, path, "a mapping");
    };
  }

  private @Nullable Object whole(ManifestNode node, FieldType.Whole type, FieldPath path) {
    if (node instanceof Scalar scalar) {
      Long number = PlainScalar.whole(scalar).orElse(null);
      if (number != null && number >= type.lowest() && number <= type.highest()) {
        return number;
      }
    }
    return wrong(node, path, "a whole number");
  }

  private @Nullable Object wholeOrText(ManifestNode node, FieldPath path) {
    if (!(node instanceof Scalar scalar)) {
      return wrong(node, path, "a whole number or a text");
    }
    Long number = PlainScalar.whole(scalar).orElse(null);
    return number != null && number == number.intValue() ? number.intValue() : scalar.text();
  }

  private @Nullable Object list(ManifestNode node, ListOf type, FieldPath path) {
    if (!(node instanceof Sequence sequence)) {
      return wrong(node, path, "a list" + misplaced(node, path));
    }
    List<@Nullable Object> values = new ArrayList<>(sequence.items().size());
    FieldPath items = path.items();
    for (ManifestNode item : sequence.items()) {
      values.add(ManifestNode.isNull(item) ? null : value(item, type.item(), items));
    }
    return values;
  }

  private @Nullable Object map(ManifestNode node, MapOf type, FieldPath path) {
    if (!(node instanceof Mapping mapping)) {
      return wrong(node, path, "a mapping");
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Entry entry : mapping.entries()) {
      FieldPath field = path.key(entry.key());
      if (values.containsKey(entry.key())) {
        duplicate(entry, field);
        continue;
      }
      // "key:" without a value is the empty text: the key exists.
      boolean empty = ManifestNode.isNull(entry.value());
      values.put(entry.key(), empty ? null : value(entry.value(), type.value(), field));
    }
    return values;
  }

  private void duplicate(Entry entry, FieldPath field) {
    note(Reason.OBJECT_INVALID, entry.line(), "the field " + field + " stands twice");
  }

  private @Nullable Object wrong(ManifestNode node, FieldPath path, String expected) {
    String found = path.isNamed() ? describe(node) : kindOf(node);
    note(Reason.FIELD_TYPE, node.line(), path + " is " + found + "; expected " + expected);
    return null;
  }

  private void note(Reason reason, int line, String message) {
    mistakes.merge(
        reason + message, new Mistake(reason, line, message, 1), (first, next) -> first.again());
  }

  private static String quoteIt(ManifestNode node) {
    return node instanceof Scalar ? " (put it in quotes)" : "";
  }

  /** A list whose place is taken by fields of the object around it: they are indented too far. */
  private static String misplaced(ManifestNode node, FieldPath path) {
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        String hint = FieldSuggestion.furtherOut(entry.key(), path);
        if (!hint.isEmpty()) {
          return hint;
        }
      }
      return " (begin its items with \"- \")";
    }
    return "";
  }

  private static String describe(ManifestNode node) {
    return switch (node) {
      case Mapping mapping -> kindOf(mapping);
      case Sequence sequence -> kindOf(sequence);
      case Scalar scalar ->
          "the" + kindOf(scalar).substring(1) + " \"" + Finding.quote(scalar.text()) + "\"";
    };
  }

  private static String kindOf(ManifestNode node) {
    return switch (node) {
      case Mapping mapping -> "a mapping";
      case Sequence sequence -> "a list";
      case Scalar scalar ->
          PlainScalar.bool(scalar).isPresent()
              ? "a boolean"
              : PlainScalar.isText(scalar) ? "a text" : "a number";
    };
  }
}

package io.github.topologyxds.e2e.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects of a kind a LIST or WATCH is about.
 *
 * @param namespace empty for all
 * @param filtered whether a selector beyond the namespace was given
 */
record Selection(String namespace, Predicate<StoredObject> matches, boolean filtered) {
  private static final Pattern OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "\\s*(!?)([^\\s!=(),]+)\\s*(?:(==|=|!=)\\s*([^\\s,]*)|(in|notin)\\s*\\(([^)]*)\\))?\\s*");

  /** Reads the namespace of a path, and {@code labelSelector} and {@code fieldSelector}. */
  static Selection of(Target target, Map<String, String> query) {
    List<Predicate<StoredObject>> all = new ArrayList<>();
    for (String part : parts(query.getOrDefault("labelSelector", ""))) {
      all.add(label(part));
    }
    for (String part : parts(query.getOrDefault("fieldSelector", ""))) {
      all.add(field(part));
    }
    if (!target.name().isEmpty()) {
      // A watch of one object by its path, which is the same as one with a field selector.
      all.add(object -> object.key().name().equals(target.name()));
    }
    return new Selection(
        target.namespace(),
        object -> all.stream().allMatch(requirement -> requirement.test(object)),
        !all.isEmpty());
  }

  boolean selects(StoredObject object) {
    return (namespace.isEmpty() || object.key().namespace().equals(namespace))
        && matches.test(object);
  }

  private static List<String> parts(String selector) {
    return selector.isBlank() ? List.of() : List.of(OUTSIDE_PARENTHESES.split(selector, -1));
  }

  private static Predicate<StoredObject> label(String text) {
    Matcher part = REQUIREMENT.matcher(text);
    if (!part.matches()) {
      throw Refusal.badRequest("unable to parse requirement: " + text);
    }
    String key = part.group(2);
    if (!part.group(1).isEmpty()) {
      return object -> !object.labels().containsKey(key);
    }
    Optional<String> operator =
        Optional.ofNullable(part.group(3)).or(() -> Optional.ofNullable(part.group(5)));
    String values =
        Optional.ofNullable(part.group(4)).or(() -> Optional.ofNullable(part.group(6))).orElse("");
    List<String> any = Pattern.compile(",").splitAsStream(values).map(String::strip).toList();
    // As in Kubernetes, an object without the label satisfies != and notin.
    return switch (operator.orElse("")) {
      case "=", "==", "in" -> object -> any.contains(object.labels().get(key));
      case "!=", "notin" -> object -> !any.contains(object.labels().get(key));
      default -> object -> object.labels().containsKey(key);
    };
  }

  private static Predicate<StoredObject> field(String text) {
    Matcher part = REQUIREMENT.matcher(text);
    if (!part.matches() || (!"=".equals(part.group(3)) && !"==".equals(part.group(3)))) {
      throw Refusal.badRequest("field selector is beyond the substitute: " + text);
    }
    String value = Optional.ofNullable(part.group(4)).orElse("");
    return switch (part.group(2)) {
      case "metadata.name" -> object -> object.key().name().equals(value);
      case "metadata.namespace" -> object -> object.key().namespace().equals(value);
      default -> throw Refusal.badRequest("field label not supported: " + part.group(2));
    };
  }
}

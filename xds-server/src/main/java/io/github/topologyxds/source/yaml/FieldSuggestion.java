package io.github.topologyxds.source.yaml;

import io.github.topologyxds.model.names.EditDistance;
import io.github.topologyxds.source.yaml.FieldType.Fields;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What somebody probably meant who wrote a field that does not exist. */
final class FieldSuggestion {
  private FieldSuggestion() {}

  /** Returns the end of a message, beginning with "; ", or "" when nothing comes close. */
  static String of(String written, Fields owner, FieldPath path) {
    Map<String, FieldType> fields = new TreeMap<>(owner.byName());
    for (String field : fields.keySet()) {
      if (field.equalsIgnoreCase(written)) {
        return didYouMean(field);
      }
    }
    String further = furtherOut(written, path);
    if (!further.isEmpty()) {
      return further;
    }
    for (Map.Entry<String, FieldType> field : fields.entrySet()) {
      if (inside(field.getValue()).map(Fields::byName).orElse(Map.of()).containsKey(written)) {
        return "; it belongs under " + field.getKey();
      }
    }
    return fields.keySet().stream()
        .filter(field -> EditDistance.isMisspelling(written, field))
        .min(Comparator.comparingInt((String field) -> EditDistance.between(field, written)))
        .map(FieldSuggestion::didYouMean)
        .orElse("");
  }

  /**
   * Returns a hint when the field belongs to an object further out, so that it is indented too far.
   */
  static String furtherOut(String written, FieldPath path) {
    return path.ancestorWith(written)
        .map(owner ->
            "; "
                + written
                + " is a field of "
                + owner.owner().getSimpleName()
                + ": is it indented too far?")
        .orElse("");
  }

  private static String didYouMean(String field) {
    return "; did you mean " + field + "?";
  }

  private static Optional<Fields> inside(FieldType type) {
    return type instanceof Fields fields ? Optional.of(fields) : Optional.empty();
  }
}

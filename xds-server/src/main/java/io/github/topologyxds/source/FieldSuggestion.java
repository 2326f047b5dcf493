package io.github.topologyxds.source;

import io.github.topologyxds.source.FieldType.Fields;
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
        .filter(field -> Math.abs(field.length() - written.length()) <= 2)
        .filter(field -> distance(field, written) <= Math.min(2, (written.length() + 1) / 3))
        .min(Comparator.comparingInt((String field) -> distance(field, written)))
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

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}

package io.github.topologyxds.e2e.apiserver;

/** One cause of a 422. */
record Violation(String reason, String field, String message) {

  static Violation invalid(String field, String value, String why) {
    return new Violation(
        "FieldValueInvalid", field, "Invalid value: \"%s\": %s".formatted(value, why));
  }

  static Violation required(String field, String why) {
    return new Violation(
        "FieldValueRequired", field, why.isEmpty() ? "Required value" : "Required value: " + why);
  }

  static Violation duplicate(String field, String value) {
    return new Violation("FieldValueDuplicate", field, "Duplicate value: \"%s\"".formatted(value));
  }

  static Violation tooMany(String field, int count, int limit) {
    return new Violation(
        "FieldValueTooMany",
        field,
        "Too many: %d: must have at most %d items".formatted(count, limit));
  }

  /**
   * A word that is none of the known ones.
   *
   * @param supported as Kubernetes prints it: {@code "IPv4", "IPv6"}
   */
  static Violation unsupported(String field, String value, String supported) {
    return new Violation(
        "FieldValueNotSupported",
        field,
        "Unsupported value: \"%s\": supported values: %s".formatted(value, supported));
  }

  String text() {
    return field + ": " + message;
  }
}

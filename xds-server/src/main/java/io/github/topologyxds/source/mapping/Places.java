package io.github.topologyxds.source.mapping;

/** Where the fields of an object were written, for messages that lead to the spot. */
@FunctionalInterface
public interface Places {
  /** An object of the API was written nowhere. */
  Places NOWHERE = path -> "";

  /**
   * Returns {@code file:line} of a field, or of the nearest one around it that was written; "" when
   * the object stands in no file.
   *
   * @param path from the object's root: names of fields, numbers for the items of lists; empty for
   *     the object itself
   */
  String of(String... path);
}

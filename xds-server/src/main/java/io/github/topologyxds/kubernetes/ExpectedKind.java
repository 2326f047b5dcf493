package io.github.topologyxds.kubernetes;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.finding.Finding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must have come where it names itself. A proxy, a cache or a mistake may give the answer to
 * another question, and it would be taken for what was asked for: JSON of one kind reads as
 * another. Objects of built-in kinds name nothing inside a list.
 */
public record ExpectedKind(String kind, String apiVersion) {
  /** Expects an object of this kind. */
  public static ExpectedKind object(ObjectKind kind) {
    return new ExpectedKind(kind.label(), kind.apiVersion());
  }

  /** Expects a list of objects of this kind. */
  public static ExpectedKind list(ObjectKind kind) {
    return new ExpectedKind(kind.label() + "List", kind.apiVersion());
  }

  /**
   * Checks an object.
   *
   * @throws ApiFailure UNREADABLE when it names another kind or version
   */
  public void require(JsonNode object) throws ApiFailure {
    require(object.path("kind").asString(""), object.path("apiVersion").asString(""));
  }

  /**
   * Checks names, of which null and "" mean that there is none.
   *
   * @throws ApiFailure UNREADABLE when one is another
   */
  public void require(@Nullable String isKind, @Nullable String isVersion) throws ApiFailure {
    if (!fits(isKind, kind) || !fits(isVersion, apiVersion)) {
      throw new ApiFailure(
          ApiFailure.Kind.UNREADABLE,
          "sends kind \"%s\" of apiVersion \"%s\" where %s of %s was asked for"
              .formatted(quoted(isKind), quoted(isVersion), kind, apiVersion));
    }
  }

  private static boolean fits(@Nullable String is, String expected) {
    return is == null || is.isEmpty() || is.equals(expected);
  }

  private static String quoted(@Nullable String name) {
    return Finding.quote(name == null ? "" : name, 100);
  }
}

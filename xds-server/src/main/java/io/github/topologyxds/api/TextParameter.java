package io.github.topologyxds.api;

import io.github.topologyxds.explain.report.ExplanationText.Detail;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code text=table} and {@code text=wide}: the answer holds a field {@code text} too, as the
 * commands print it, so that a command and the server that it asks need not be of one version.
 */
final class TextParameter {
  static final String NAME = "text";

  private TextParameter() {}

  /** Adds the text, if it is asked for. */
  static ObjectNode add(ApiRequest request, ObjectNode json, Function<Detail, String> text) {
    request.parameter(NAME).map(TextParameter::detail).map(text).ifPresent(t -> json.put(NAME, t));
    return json;
  }

  private static Detail detail(String text) {
    return switch (text) {
      case "table" -> Detail.TABLE;
      case "wide" -> Detail.WIDE;
      default ->
          throw new ApiFailure(
              ApiFailure.Kind.INVALID, "text '" + text + "' is neither table nor wide");
    };
  }
}

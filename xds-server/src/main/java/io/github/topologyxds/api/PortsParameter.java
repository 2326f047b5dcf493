package io.github.topologyxds.api;

import java.util.List;

/** {@code ports=N}: of what there is for each Service port, so many at most are told. */
final class PortsParameter {
  static final String NAME = "ports";

  private PortsParameter() {}

  /** Returns how many; all of them where nobody says. */
  static int of(ApiRequest request) {
    String text = request.parameter(NAME).orElse("");
    try {
      return text.isEmpty() ? Integer.MAX_VALUE : Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw new ApiFailure(ApiFailure.Kind.INVALID, "ports '" + text + "' is no number from 0");
    }
  }

  /** Returns the first of them. */
  static <T> List<T> first(int most, List<T> ports) {
    return ports.subList(0, Math.min(most, ports.size()));
  }
}

package io.github.topologyxds.source.yaml;

import io.github.topologyxds.source.yaml.ManifestNode.Scalar;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How kubectl reads a scalar: as YAML 1.1 (sigs.k8s.io/yaml), where an unquoted {@code no} or
 * {@code 1e3} is no text. What kubectl refuses must not work here.
 */
final class PlainScalar {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?([0-9][0-9_]*(\\.[0-9_]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?0[xob][0-9a-fA-F_]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");

  private PlainScalar() {}

  static Optional<Boolean> bool(Scalar scalar) {
    if (!scalar.plain()) {
      return Optional.empty();
    }
    return switch (scalar.text()) {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" ->
          Optional.of(true);
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" ->
          Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Optional<Long> whole(Scalar scalar) {
    return scalar.plain() && WHOLE.matcher(scalar.text()).matches()
        ? Optional.of(Long.parseLong(scalar.text()))
        : Optional.empty();
  }

  /** A single y or n is let through: parsers do not agree on it. */
  static boolean isText(Scalar scalar) {
    boolean bool = scalar.text().length() > 1 && bool(scalar).isPresent();
    return !scalar.plain() || (!isNumber(scalar.text()) && !bool);
  }

  private static boolean isNumber(String text) {
    // Most texts begin with a letter; the pattern is slow where millions of them are asked.
    char first = text.isEmpty() ? 'x' : text.charAt(0);
    boolean possible = (first >= '0' && first <= '9') || "+-.".indexOf(first) >= 0;
    return possible && NUMBER.matcher(text).matches();
  }
}

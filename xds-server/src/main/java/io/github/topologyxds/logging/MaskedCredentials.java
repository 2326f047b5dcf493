package io.github.topologyxds.logging;

import java.util.regex.Pattern;

/** Takes out of a library's line what the header {@code Authorization} holds in it. */
final class MaskedCredentials {
  /**
   * As headers are printed: {@code Authorization: Bearer x}, or {@code Authorization=[Bearer x]}.
   */
  private static final Pattern HEADER =
      Pattern.compile("(?i)(authorization\"?\\s*[:=]\\s*\\[?\"?)[^\\]\\r\\n,\"]+");

  /** Where the name of the header is not beside it. */
  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{4,}");

  private MaskedCredentials() {}

  static String in(String line) {
    String masked = HEADER.matcher(line).replaceAll("$1****");
    return SCHEME.matcher(masked).replaceAll("$1 ****");
  }
}

package io.github.topologyxds.e2e.apiserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as it came in.
 *
 * @param query as it stands behind the question mark, still encoded
 * @param headers by lower-case name
 */
record Request(String method, String path, String query, Map<String, String> headers, String body) {
  private static final Pattern AMPERSAND = Pattern.compile("&");

  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    AMPERSAND
        .splitAsStream(query)
        .filter(pair -> !pair.isEmpty())
        .forEach(pair -> {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          parameters.put(decoded(name), decoded(value));
        });
    return parameters;
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  Optional<Target> target() {
    return Target.of(path);
  }

  Verb verb() {
    return switch (method) {
      case "POST" -> Verb.CREATE;
      case "PUT" -> Verb.UPDATE;
      case "PATCH" -> Verb.PATCH;
      case "DELETE" -> Verb.DELETE;
      default -> readVerb();
    };
  }

  private Verb readVerb() {
    String watch = parameters().getOrDefault("watch", "");
    if (watch.equals("true") || watch.equals("1")) {
      return Verb.WATCH;
    }
    return target().filter(target -> target.name().isEmpty()).isPresent() ? Verb.LIST : Verb.GET;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
